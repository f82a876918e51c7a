package models_test

import (
	"testing"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
)

func TestAnOrganizationsMembersHaveDefaults(t *testing.T) {
	t.Parallel()
	var o models.Organization
	for name, want := range map[string]any{
		"isLive": true, "isEvaluation": true, // obeyed here: on until turned off
		"isPearsonEnabled": false, "isBfiEnabled": true, "isUploadPreForm": nil, "logoutUrl": "/login", "promo": nil,
		"senderEmailEnabled": "no", "proviewToken": "", "nothing": nil,
	} {
		if got := o.Member(name); got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

func TestSettingAMemberOfAnOrganization(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		value, want any
		invalid     bool
	}{
		"isLive":             {value: false, want: false},
		"isPearsonEnabled":   {value: true, want: true},
		"chatbot_enabled":    {value: "yes", want: true, invalid: true},
		"defaultFont":        {value: "serif", want: "serif"},
		"logoutUrl":          {value: 3, want: "/login", invalid: true},
		"mailDateTimeFormat": {value: "short", want: "short"},
		"isAddFormEnabled":   {value: "2", want: "1", invalid: true},
		"organization":       {value: "x", invalid: true},
	} {
		var o models.Organization
		err := o.SetMember(name, row.value)
		if (fault.KindOf(err) == fault.Invalid) != row.invalid || (err != nil) != row.invalid {
			t.Errorf("%s: %v", name, err)
		}
		if got := o.Member(name); got != row.want {
			t.Errorf("%s is %v, want %v", name, got, row.want)
		}
	}
}

func TestAMemberTakenAwayFallsBackAndLeavesCopiesAlone(t *testing.T) {
	t.Parallel()
	var o models.Organization
	for name, value := range map[string]any{"promo": "Come!", "isWhatsapp": true} {
		if err := o.SetMember(name, value); err != nil {
			t.Fatal(err)
		}
	}
	before := o
	for _, name := range []string{"promo", "isWhatsapp"} {
		if err := o.SetMember(name, nil); err != nil {
			t.Fatal(err)
		}
	}
	if o.Member("promo") != nil || o.Member("isWhatsapp") != false {
		t.Errorf("still set: %v, %v", o.Member("promo"), o.Member("isWhatsapp"))
	}
	if before.Member("promo") != "Come!" || before.Member("isWhatsapp") != true {
		t.Error("an earlier copy changed too")
	}
}

func TestOrganizationMembersStandOnceWithDefaultsOfTheirKind(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, m := range models.OrganizationMembers {
		if seen[m.Name] {
			t.Errorf("%s stands twice", m.Name)
		}
		seen[m.Name] = true
		_, isFlag := m.Default.(bool)
		_, isText := m.Default.(string)
		if m.Default != nil && isFlag != (m.Kind == models.FlagMember) || (isText && m.Kind == models.FlagMember) {
			t.Errorf("%s has default %v", m.Name, m.Default)
		}
	}
	for _, s := range models.FeatureSwitches {
		if m, ok := models.OrganizationMemberOf(s.Name); !ok || m.Kind != models.FlagMember {
			t.Errorf("switch %s is no member", s.Name)
		}
	}
}
