package models

import (
	"maps"
	"slices"
	"strings"

	"github.com/assay-hire/assay/internal/fault"
	"gorm.io/datatypes"
)

// MemberKind is what the value of a member of an organization is.
type MemberKind int

// The kinds: on or off, any text, one of some texts.
const (
	FlagMember MemberKind = iota + 1
	TextMember
	ChoiceMember
)

// OrganizationMember is one documented switch or text of an organization that has no column. Flags are kept in Switches,
// texts in Profile. Callers may write all of them.
type OrganizationMember struct {
	Name    string // on the wire
	Kind    MemberKind
	Default any      // bool or string; nil is null on the wire
	Choices []string // of a ChoiceMember
	Secret  bool     // only for who may change the organization
}

// OrganizationMembers lists them in the document's order. The defaults are the documented ones, but for the service that
// sends mail, which here is any.
var OrganizationMembers = []OrganizationMember{
	flag("isInterview", true), flag("isLive", true), flag("isObjective", true), flag("isEssay", true), flag("isCode", true),
	flag("isEvaluation", false), text("promo", nil), flag("isTyping", false), flag("isSimulation", false),
	flag("advancedProctorV3Enabled", true), flag("isUploadPreForm", nil), text("defaultFont", "Roboto, sans-serif"),
	flag("isPearsonEnabled", false), choice("senderEmailEnabled", "no", "yes"),
	choice("mailDateTimeFormat", "full", "long", "medium", "short"), flag("isPublicAttachment", true),
	flag("hideCandidateInfoPanel", false), flag("hasAssessmentCreate", true), text("logoutUrl", "/login"),
	flag("isAdhocLive", true), flag("isIconEvaluation", true), flag("isMobileAssessment", true), flag("isBpmEnabled", true),
	flag("isBfiEnabled", true), flag("live_bulk_schedule_enabled", false), text("bulk_schedule_url", nil),
	flag("chatbot_enabled", true), flag("watermark_enabled", false), flag("isPartnerAssessment", false),
	flag("hasSmsNotify", false), flag("isWhatsapp", false), text("cssSkin", nil), flag("isBubbleEvaluation", false),
	{Name: "proviewToken", Kind: TextMember, Default: "", Secret: true}, text("formUrl", ""), text("meetDomain", ""),
	text("recruitDomain", ""), text("postAssessmentUrl", nil), text("brandingURL", nil), text("customThankyouPage", nil),
	flag("isTbiEnabled", false), choice("isAddFormEnabled", "1", "0"), flag("isTbiMidwayCheckEnabled", nil),
	text("proviewUrl", ""), text("emailServiceType", "smtp"), text("calendarService", nil), text("azureTenantID", nil),
	text("customPublicPage", nil), flag("hasResumeMatch", false),
}

func flag(name string, byDefault any) OrganizationMember {
	return OrganizationMember{Name: name, Kind: FlagMember, Default: byDefault}
}

func text(name string, byDefault any) OrganizationMember {
	return OrganizationMember{Name: name, Kind: TextMember, Default: byDefault}
}

func choice(name, byDefault string, others ...string) OrganizationMember {
	return OrganizationMember{Name: name, Kind: ChoiceMember, Default: byDefault, Choices: append([]string{byDefault}, others...)}
}

// OrganizationMemberOf returns the member of that name; ok is false when there is none.
func OrganizationMemberOf(name string) (member OrganizationMember, ok bool) {
	i := slices.IndexFunc(OrganizationMembers, func(m OrganizationMember) bool { return m.Name == name })
	if i < 0 {
		return OrganizationMember{}, false
	}
	return OrganizationMembers[i], true
}

// Member returns the value of a member of OrganizationMembers: what was set, else what holds without: on for a switch
// that Assay itself obeys, the default for any other. It returns a bool, a string or nil; nil too for an unknown name.
func (o Organization) Member(name string) any {
	m, _ := OrganizationMemberOf(name)
	if m.Kind == FlagMember {
		if on, set := o.Switches.Data()[name]; set {
			return on
		}
		if _, isObeyed := KnownSwitch(name); isObeyed {
			return o.Switch(name)
		}
		return m.Default
	}
	if value, set := o.Profile[name]; set {
		return value
	}
	return m.Default
}

// SetMember sets a member of OrganizationMembers; nil takes the value away, so that the default holds. It returns an
// Invalid fault for a name that is none, for a value of another kind and for a choice that is not offered.
func (o *Organization) SetMember(name string, value any) error {
	m, known := OrganizationMemberOf(name)
	if !known {
		return fault.Field(name, "Organizations have no such member.")
	}
	if m.Kind == FlagMember {
		return o.setFlag(name, value)
	}
	profile := maps.Clone(o.Profile)
	if profile == nil {
		profile = datatypes.JSONMap{}
	}
	switch words, isText := value.(string); {
	case value == nil:
		delete(profile, name)
	case !isText:
		return fault.Field(name, "Send a text.")
	case m.Kind == ChoiceMember && !slices.Contains(m.Choices, words):
		return fault.Field(name, "Send one of %s.", strings.Join(m.Choices, ", "))
	default:
		profile[name] = words
	}
	o.Profile = profile
	return nil
}

func (o *Organization) setFlag(name string, value any) error {
	switches := maps.Clone(o.Switches.Data())
	if switches == nil {
		switches = map[string]bool{}
	}
	switch on, isFlag := value.(bool); {
	case value == nil:
		delete(switches, name)
	case !isFlag:
		return fault.Field(name, "Send true or false.")
	default:
		switches[name] = on
	}
	o.Switches = datatypes.NewJSONType(switches)
	return nil
}
