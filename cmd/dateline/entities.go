package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"google.golang.org/grpc"

	datelinev1 "github.com/dateline-news/dateline/proto/dateline/v1"
)

const entitiesExamples = `  dateline entities rahm              names and aliases that begin so
  dateline entities CSTO --type organization
  dateline entities Q863              all about one: aliases, offices, who appears with it
  dateline entities Q863 --format json`

var entityTypeNames = map[string]datelinev1.EntityType{
	"":             datelinev1.EntityType_ENTITY_TYPE_UNSPECIFIED,
	"person":       datelinev1.EntityType_ENTITY_TYPE_PERSON,
	"organization": datelinev1.EntityType_ENTITY_TYPE_ORGANIZATION,
	"place":        datelinev1.EntityType_ENTITY_TYPE_PLACE,
}

func newEntitiesCommand() *cobra.Command {
	req := &datelinev1.SearchEntitiesRequest{}
	var kind string
	cmd := &cobra.Command{
		Use:     "entities NAME|ID",
		Short:   "Find entities by name, or show one",
		Example: entitiesExamples,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			var ok bool
			if req.Type, ok = entityTypeNames[kind]; !ok {
				return usagef("--type: got %q, want person, organization or place", kind)
			}
			return withServer(cmd, func(conn *grpc.ClientConn) error {
				if id := strings.TrimPrefix(args[0], "entities/"); entityID.MatchString(id) {
					return showEntity(cmd.Context(), outputOf(cmd), conn, "entities/"+id)
				}
				req.Query = args[0]
				return searchEntities(cmd.Context(), outputOf(cmd), conn, req)
			})
		},
	}
	addClientFlags(cmd)
	cmd.Flags().StringVar(&kind, "type", "", "only entities of this `TYPE`: person, organization or place")
	cmd.Flags().Int32Var(&req.PageSize, "limit", 20, "show at most so many")
	return cmd
}

func searchEntities(ctx context.Context, out output, conn *grpc.ClientConn, req *datelinev1.SearchEntitiesRequest) error {
	found, err := datelinev1.NewEntityServiceClient(conn).SearchEntities(ctx, req)
	if err != nil {
		return err
	}
	switch out.format {
	case "json":
		return out.message(found)
	case "jsonl":
		return messageLines(out, found.Entities)
	}
	if len(found.Entities) == 0 {
		_, err := fmt.Fprintf(out, "No entity's name begins with %q.\n", req.Query)
		return err
	}
	rows := make([]row, len(found.Entities))
	for i, e := range found.Entities {
		name := typeName(e.Type)
		rows[i] = row{mentionStyles[strings.ToUpper(name)], []string{
			e.DisplayName, name, e.Kind, strings.TrimPrefix(e.Name, "entities/"), e.Country, fmt.Sprint(e.ArticleCount),
		}}
	}
	return out.table([]string{"ENTITY", "TYPE", "KIND", "ID", "COUNTRY", "ARTICLES"}, rows)
}

// showEntity prints all that is known of one entity, and who appears with it.
func showEntity(ctx context.Context, out output, conn *grpc.ClientConn, name string) error {
	e, err := datelinev1.NewEntityServiceClient(conn).GetEntity(ctx, &datelinev1.GetEntityRequest{Name: name})
	if err != nil {
		return err
	}
	switch out.format {
	case "json":
		return out.message(e)
	case "jsonl":
		return messageLines(out, []*datelinev1.Entity{e})
	}
	if err := out.entityCard(e); err != nil {
		return err
	}
	if e.ArticleCount == 0 {
		return nil
	}
	related, err := datelinev1.NewTimelineServiceClient(conn).ListRelatedEntities(ctx,
		&datelinev1.ListRelatedEntitiesRequest{Subject: name, PageSize: 10})
	if err != nil {
		return err
	}
	return out.related(related.Entities)
}

// entityCard prints the facts of one entity, leaving out what is not known.
func (o output) entityCard(e *datelinev1.Entity) error {
	typ := typeName(e.Type)
	lines := [][2]string{
		{"id", strings.TrimPrefix(e.Name, "entities/")},
		{"type", strings.TrimSpace(typ + " " + e.Kind)},
		{"country", e.Country},
		{"also", strings.Join(e.Aliases, ", ")},
		{"archive", fmt.Sprintf("%s, %s", count(e.ArticleCount, "article"), count(e.MentionCount, "mention"))},
		{"facts", e.Provenance},
	}
	if e.Point != nil {
		lines = append(lines, [2]string{"where", fmt.Sprintf("%.4f, %.4f", e.Point.Latitude, e.Point.Longitude)})
	}
	if e.FirstSeenTime != nil {
		lines = append(lines, [2]string{"seen", e.FirstSeenTime.AsTime().Format(time.DateOnly) + " … " +
			e.LastSeenTime.AsTime().Format(time.DateOnly)})
	}
	for _, r := range e.Roles {
		lines = append(lines, [2]string{"office", roleLine(r)})
	}
	_, err := fmt.Fprintln(o, o.paint(mentionStyles[strings.ToUpper(typ)], e.DisplayName))
	for _, l := range lines {
		if l[1] != "" && err == nil {
			_, err = fmt.Fprintf(o, "  %s %s\n", o.paint(grey, fmt.Sprintf("%-8s", l[0])), o.paint(plain, l[1]))
		}
	}
	return err
}

// roleLine is an office with its years: "President, TJ, 1994 …".
func roleLine(r *datelinev1.Role) string {
	line := r.Title
	if r.Country != "" {
		line += ", " + r.Country
	}
	if r.StartTime != nil {
		line += ", " + r.StartTime.AsTime().Format("2006") + " …"
		if r.EndTime != nil {
			line += " " + r.EndTime.AsTime().Format("2006")
		}
	}
	return line
}

// related prints who appears together with an entity.
func (o output) related(entities []*datelinev1.RelatedEntity) error {
	if len(entities) == 0 {
		return nil
	}
	rows := make([]row, len(entities))
	for i, e := range entities {
		rows[i] = row{mentionStyles[strings.ToUpper(typeName(e.Type))], []string{
			e.DisplayName, strings.TrimPrefix(e.Entity, "entities/"), fmt.Sprint(e.ArticleCount),
			fmt.Sprintf("%.1f", e.Pmi), fmt.Sprintf("%.1f", e.Significance),
		}}
	}
	_, _ = fmt.Fprintln(o)
	return o.table([]string{"APPEARS WITH", "ID", "ARTICLES", "PMI", "SIGNIFICANCE"}, rows)
}

// typeName is "person" for ENTITY_TYPE_PERSON.
func typeName(t datelinev1.EntityType) string {
	return strings.ToLower(strings.TrimPrefix(t.String(), "ENTITY_TYPE_"))
}
