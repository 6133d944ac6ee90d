package text

import "strings"

// Furniture reports whether a line is part of a page rather than of an
// article: a button, a heading of a list of links, a link to another article,
// a label that a scraper left between the paragraphs.
func Furniture(line string) bool {
	line = strings.Trim(line, " \t\u00a0.…:!|»›→-")
	if len(line) <= maxFurniture && furniture[strings.ToLower(line)] {
		return true
	}
	return len(line) <= maxLink && startsLink(line)
}

// maxLink is the length in bytes of the longest link with a headline.
const maxLink = 160

// startsLink reports whether a line begins as links to other pages do.
func startsLink(line string) bool {
	for _, start := range linkStarts {
		if len(line) > len(start) && strings.EqualFold(line[:len(start)], start) {
			return true
		}
	}
	return false
}

var linkStarts = [...]string{
	"read more:", "read also:", "also read:", "read next:", "see also:", "related:",
	"related article:", "related story:", "recommended:", "watch:", "more on this:",
	"share on ", "follow us on ", "sign up for ", "sign up to ", "subscribe to our ",
	"join our ", "click here to ", "download our ", "photo credit:", "tags:",
}

// maxFurniture is the length in bytes of the longest such line.
const maxFurniture = 40

var furniture = lines(`
about us
advertise
advertise with us
advertisement
all rights reserved
also read
breaking news
click here
comments
connect with us
contact
contact us
continue reading
cookie policy
cookies
copy link
download our app
editor's picks
follow us
follow us on
full story
home
in case you missed it
join us
just in
latest
latest news
latest stories
latest updates
leave a comment
load more
log in
login
menu
more from
more news
more on this story
more stories
more to read
most popular
most read
most viewed
must read
newsletter
newsletters
next
next article
on
open menu
popular
popular news
previous
previous article
print
privacy policy
published
read also
read full article
read more
read next
read the full story
recommended
recommended for you
register
related
related articles
related content
related news
related posts
related stories
related topics
search
see also
share
share on facebook
share on twitter
share on whatsapp
share this
share this article
share this story
show more
sign in
sign up
skip to content
skip to main content
sponsored
sponsored content
subscribe
subscribe now
tags
terms and conditions
terms of service
terms of use
today's headlines
top news
top stories
top story
topics
trending
trending now
tweet
up next
updated
view all
watch
watch live
watch now
what to read next
world news
you may also like
you may have missed
you might also like
`)

// lines is the set of the lines of a list.
func lines(list string) map[string]bool {
	set := make(map[string]bool)
	for line := range strings.Lines(list) {
		if line = strings.TrimSpace(line); line != "" {
			set[line] = true
		}
	}
	return set
}
