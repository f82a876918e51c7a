package account

import (
	"github.com/assay-hire/assay/models"
	views "github.com/assay-hire/assay/views/account"
	"github.com/assay-hire/assay/views/layout"
	"github.com/assay-hire/assay/views/ui"
	"gorm.io/gorm"
)

// people are accounts that want an administrator's eye: without a second factor, or invited and not there yet.
func (h *homeLoader) people() error {
	users := h.own("users").Where("NOT users.is_deleted")
	open, err := h.count(users.Session(&gorm.Session{}).Where("users.status = ? AND users.totp_since IS NULL", models.UserActive))
	if err != nil {
		return err
	}
	invited, err := h.count(users.Session(&gorm.Session{}).Where("users.status = ?", models.UserNew))
	group := views.WaitGroup{ID: "people", Title: "People"}
	if open > 0 {
		group.Waits = append(group.Waits, views.Wait{Icon: ui.IconShield,
			Title: views.Counted(open, "person has", "people have") + " no second factor", Href: "/admin/users?second_factor=off",
			Sub: "A stolen password is enough to get into these accounts.", Act: "Look"})
	}
	if invited > 0 {
		group.Waits = append(group.Waits, views.Wait{Icon: ui.IconSend,
			Title: views.Counted(invited, "invited person has", "invited people have") + " not accepted yet", Href: "/admin/users?status=new",
			Sub: "Their link works for seven days. Send it again, or take the account back.", Act: "Look"})
	}
	group.Count = len(group.Waits)
	h.add(group)
	return err
}

// chain is how long the ledger is and what still waits for its place.
func (h *homeLoader) chain() error {
	var head models.AuditHead
	if err := h.own("audit_heads").Limit(1).Find(&head).Error; err != nil {
		return err
	}
	waiting, err := h.count(h.own("audit_entries").Where("audit_entries.seq IS NULL"))
	h.page.Chain = &views.Chain{Entries: head.Seq, Head: head.Hash, Waiting: waiting}
	return err
}

// doors are the places of the navigation, for roles to which nothing else is shown.
func doors(page layout.Page) []layout.NavItem {
	var found []layout.NavItem
	for _, group := range page.Nav {
		for _, item := range group.Items {
			if item.Href != "/" {
				found = append(found, item)
			}
		}
	}
	return append(found, layout.NavItem{Label: "Your profile", Href: "/account", Icon: ui.IconPerson})
}
