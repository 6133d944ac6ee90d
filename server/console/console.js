// The analysts' page. Text from the archive goes into the page as text only,
// never as HTML: it comes from the web.

const $ = (id) => document.getElementById(id);

// ask calls a method of the API. A server that wants a token is given one for
// as long as the page is open.
let token = "";
async function ask(method, request) {
  const headers = { "Content-Type": "application/json" };
  if (token) headers.Authorization = "Bearer " + token;
  const response = await fetch("/dateline.v1." + method, { method: "POST", headers, body: JSON.stringify(request) });
  const answer = await response.json();
  if (response.status === 401) {
    token = prompt("This server wants a bearer token:") ?? "";
    if (token) return ask(method, request);
  }
  if (!response.ok) throw new Error(answer.message);
  return answer;
}

// make builds an element with text or children in it.
function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

// attempt runs something a person asked for and says what went wrong.
async function attempt(work) {
  $("complaint").textContent = "";
  try {
    await work();
  } catch (error) {
    $("complaint").textContent = error.message;
  }
}

const day = (time) => (time ? time.slice(0, 10) : "no date");

async function search() {
  const { entities = [] } = await ask("EntityService/SearchEntities", { query: $("query").value });
  $("entity").hidden = true;
  $("found").replaceChildren(...entities.map((e) => choice(e.name, `${e.displayName} · ${e.kind || "unknown"} · ${e.articleCount ?? 0}`)));
  if (!entities.length) throw new Error("Nobody and nothing of that name.");
  await show(entities[0].name);
}

// choice is a button that shows an entity.
function choice(name, text) {
  return make("button", { type: "button", textContent: text, onclick: () => attempt(() => show(name)) });
}

async function show(name) {
  const [entity, timeline, appearances, related] = await Promise.all([
    ask("EntityService/GetEntity", { name }),
    ask("TimelineService/QueryTimeline", { subjects: [name], bucketSize: $("size").value }),
    ask("TimelineService/ListAppearances", { subject: name, pageSize: 20, offsetEncoding: "OFFSET_ENCODING_UTF16" }),
    ask("TimelineService/ListRelatedEntities", { subject: name, pageSize: 20 }),
  ]);
  $("name").textContent = entity.displayName;
  $("facts").textContent = [entity.name, entity.kind, entity.country, (entity.aliases ?? []).join(", "),
    `${entity.articleCount ?? 0} articles, ${day(entity.firstSeenTime)} to ${day(entity.lastSeenTime)}`].filter(Boolean).join(" · ");
  $("timeline").replaceChildren(chart(timeline.timelines[0].buckets ?? []));
  $("appearances").replaceChildren(...(appearances.appearances ?? []).map(appearance));
  $("related").replaceChildren(...(related.entities ?? []).map((r) => choice(r.entity, `${r.displayName} · ${r.articleCount}`)));
  $("entity").hidden = false;
}

// chart draws one bar for each bucket, as high as its articles.
function chart(buckets) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `0 0 ${Math.max(buckets.length, 1)} 100`);
  svg.setAttribute("preserveAspectRatio", "none");
  const most = Math.max(1, ...buckets.map((b) => Number(b.articleCount ?? 0)));
  buckets.forEach((b, i) => {
    const height = (100 * Number(b.articleCount ?? 0)) / most;
    const bar = document.createElementNS(svg.namespaceURI, "rect");
    for (const [key, value] of Object.entries({ x: i + 0.05, y: 100 - height, width: 0.9, height })) bar.setAttribute(key, value);
    const title = document.createElementNS(svg.namespaceURI, "title");
    title.textContent = `${day(b.startTime)}: ${b.articleCount ?? 0} of ${b.totalArticleCount ?? 0} articles, ${b.storyCount ?? 0} stories`;
    bar.append(title);
    svg.append(bar);
  });
  return svg;
}

// appearance is one article with the sentences, the mentions marked.
function appearance(a) {
  const title = make("h4", {}, a.article.title || a.article.name);
  const where = make("div", { className: "quiet" }, [day(a.article.publishTime), a.article.source].filter(Boolean).join(" · "));
  return make("article", {}, title, where, ...(a.quotations ?? []).map(quotation));
}

function quotation(q) {
  const from = q.span.start ?? 0;
  const parts = [];
  let at = 0;
  for (const m of q.mentions ?? []) {
    const start = (m.span.start ?? 0) - from;
    parts.push(q.text.slice(at, start), make("mark", {}, m.text));
    at = start + m.text.length;
  }
  return make("p", {}, ...parts, q.text.slice(at));
}

$("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(search);
});
