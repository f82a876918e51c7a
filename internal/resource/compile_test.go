package resource_test

import (
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/resource"
	"github.com/assay-hire/assay/models"
)

func TestAMisspeltNameIsFound(t *testing.T) {
	t.Parallel()
	skill := func() resource.Declaration {
		return resource.Declaration{Name: "skill", Path: "/models/skill", Model: models.Skill{}, Grant: "question", Verbs: "list view",
			Filters: "external_id", Part: "name", Search: "search_text", Sorts: "name", Order: "-name", Create: "name! description",
			Also: map[string]string{"label": "name"}, Hide: "created_by", Links: map[string]string{"self": "/models/skill/{id}?at={now_epoch}"}}
	}
	if _, err := resource.New(skill()); err != nil {
		t.Fatal(err)
	}
	for named, spoil := range map[string]func(*resource.Declaration){
		"colour":     func(d *resource.Declaration) { d.Filters = "colour" },
		"shade":      func(d *resource.Declaration) { d.Part = "shade" },
		"tone":       func(d *resource.Declaration) { d.Search = "tone" },
		"hue":        func(d *resource.Declaration) { d.Order = "-hue" },
		"tint":       func(d *resource.Declaration) { d.Create = "tint!" },
		"paint":      func(d *resource.Declaration) { d.Also = map[string]string{"label": "paint"} },
		"created_by": func(d *resource.Declaration) { d.Links["by"] = "/user?id={created_by}" },
		"erase":      func(d *resource.Declaration) { d.Verbs = "list erase" },
		"brush.view": func(d *resource.Declaration) { d.Grant = "brush" },
		"canvas": func(d *resource.Declaration) {
			d.Expands = map[string]resource.Relation{"on": {To: "canvas", By: "id"}}
		},
		"canvas_id": func(d *resource.Declaration) {
			d.Expands = map[string]resource.Relation{"on": {To: "skill", By: "canvas_id"}}
		},
		"easel_id": func(d *resource.Declaration) {
			d.Expands = map[string]resource.Relation{"on": {To: "skill", Back: "easel_id"}}
		},
		"only_of":     func(d *resource.Declaration) { d.Narrows = "only_of" },
		"{gallery}":   func(d *resource.Declaration) { d.Above = map[string]string{"gallery": "id"} },
		"varnish":     func(d *resource.Declaration) { d.Passes = "varnish" },
		"declared tw": func(d *resource.Declaration) {},
	} {
		d := skill()
		spoil(&d)
		all := []resource.Declaration{d}
		if strings.HasPrefix(named, "declared") {
			all = append(all, d)
		}
		if _, err := resource.New(all...); err == nil || !strings.Contains(err.Error(), named) {
			t.Errorf("%s: %v", named, err)
		}
	}
}
