package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/assay-hire/assay/internal/access"
	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/config"
	"github.com/assay-hire/assay/internal/database"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
	"gorm.io/datatypes"
)

const userUsage = `Usage: assay user add|list|password|role [options]

  add       make an account             --email --name --role (several: --role "Admin,Recruiter") [--organization]
  list      show who has an account     [--organization]
  password  set somebody's password     --email
  role      set what somebody may be    --email --role

Passwords are read from the first line of standard input, so that they stand in no history and no list of processes:
  printf '%s\n' 'four unrelated words here' | assay user password --email ada@example.com
add without anything on standard input makes an account that waits for an invitation.

`

// userOptions is what the subcommands of user are told.
type userOptions struct {
	config.Settings
	email, name, roles string
	organization       int64
	password           string // the first line of what is piped in
}

func user(ctx context.Context, args []string, out io.Writer) error {
	return manageUsers(ctx, args, os.Stdin, out)
}

func manageUsers(ctx context.Context, args []string, in *os.File, out io.Writer) error {
	acts := map[string]func(context.Context, *house, userOptions, io.Writer) error{
		"add": addUser, "list": listUsers, "password": setUserPassword, "role": setUserRole,
	}
	if len(args) == 0 || acts[args[0]] == nil {
		if _, err := io.WriteString(out, userUsage); err != nil {
			return err
		}
		if len(args) == 0 || strings.HasPrefix(args[0], "-") {
			return flag.ErrHelp
		}
		return fmt.Errorf("user: there is no %q", args[0])
	}
	var o userOptions
	set := flag.NewFlagSet("assay user "+args[0], flag.ContinueOnError)
	set.SetOutput(out)
	set.StringVar(&o.email, "email", "", "whose account")
	set.StringVar(&o.name, "name", "", "the person's name")
	set.StringVar(&o.roles, "role", "", "role, or several with commas between")
	set.Int64Var(&o.organization, "organization", 0, "id of the organization (default the only one)")
	o.Flags(set, os.LookupEnv)
	if err := set.Parse(args[1:]); err != nil {
		return err
	}
	o.Resolve()
	if args[0] == "add" || args[0] == "password" { // the others would wait for a pipe that nobody closes
		var err error
		if o.password, err = firstLine(in); err != nil {
			return err
		}
	}
	if err := setLogging("error"); err != nil {
		return err
	}
	h, err := openHouse(ctx, o.Settings, secrets.ServerCost, database.SystemClock{})
	if err != nil {
		return err
	}
	return errors.Join(acts[args[0]](ctx, h, o, out), h.close())
}

// organizationOf returns the organization that was named, or the only one there is.
func (h *house) organizationOf(ctx context.Context, id int64) (int64, error) {
	if id != 0 {
		return id, nil
	}
	var ids []int64
	if err := h.db.Read.WithContext(ctx).Model(&models.Organization{}).Where("NOT is_deleted").Order("id").Pluck("id", &ids).Error; err != nil {
		return 0, err
	}
	switch len(ids) {
	case 0:
		return 0, fmt.Errorf("there is no organization yet; start assay serve and open its first page")
	case 1:
		return ids[0], nil
	}
	return 0, fmt.Errorf("there are %d organizations; name one with --organization", len(ids))
}

func (h *house) userOf(ctx context.Context, email string) (models.User, error) {
	var found []models.User
	err := h.db.Read.WithContext(ctx).Where("email = ? AND NOT is_deleted", models.NormalEmail(email)).Limit(1).Find(&found).Error
	if err != nil {
		return models.User{}, err
	}
	if len(found) == 0 {
		return models.User{}, fmt.Errorf("nobody has an account with the address %q", email)
	}
	return found[0], nil
}

func rolesFrom(text string) datatypes.JSONSlice[models.Role] {
	var roles []models.Role
	for _, name := range strings.Split(text, ",") {
		if name = strings.TrimSpace(name); name != "" {
			roles = append(roles, models.Role(name))
		}
	}
	return roles
}

// firstLine reads a password; empty when nothing is piped in.
func firstLine(in *os.File) (string, error) {
	info, err := in.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice != 0 {
		return "", nil
	}
	line, err := bufio.NewReader(in).ReadString('\n')
	if err != nil && err != io.EOF {
		return "", fmt.Errorf("read the password: %w", err)
	}
	return strings.TrimRight(line, "\r\n"), nil
}

func addUser(ctx context.Context, h *house, o userOptions, out io.Writer) error {
	organization, err := h.organizationOf(ctx, o.organization)
	if err != nil {
		return err
	}
	a := actions.CreateUser{Name: o.name, Email: o.email, Roles: rolesFrom(o.roles), Password: o.password}
	if err := h.runner.Run(ctx, access.Program(organization), &a); err != nil {
		return err
	}
	if o.password == "" {
		if err := h.runner.Run(ctx, access.Program(organization), &actions.ResendInvitation{UserID: a.User.ID}); err != nil {
			return err
		}
		fmt.Fprintf(out, "Added %s. The invitation leaves when the server runs.\n", a.User.Email)
		return nil
	}
	fmt.Fprintf(out, "Added %s, who can sign in now.\n", a.User.Email)
	return nil
}

func listUsers(ctx context.Context, h *house, o userOptions, out io.Writer) error {
	query := h.db.Read.WithContext(ctx).Where("NOT is_deleted").Order("organization_id, search_text, id")
	if o.organization != 0 {
		query = query.Where("organization_id = ?", o.organization)
	}
	var found []models.User
	if err := query.Find(&found).Error; err != nil {
		return err
	}
	words := map[models.UserStatus]string{models.UserNew: "invited", models.UserActive: "active", models.UserInactive: "inactive", models.UserSuspended: "suspended"}
	table := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	fmt.Fprintln(table, "ORGANIZATION\tID\tE-MAIL\tNAME\tSTATUS\tSECOND FACTOR\tROLES")
	for _, u := range found {
		factor := "off"
		if u.HasSecondFactor() {
			factor = "on"
		}
		roles := make([]string, len(u.Roles))
		for i, r := range u.Roles {
			roles[i] = string(r)
		}
		fmt.Fprintf(table, "%d\t%d\t%s\t%s\t%s\t%s\t%s\n", u.OrganizationID, u.ID, u.Email, u.Name, words[u.Status], factor, strings.Join(roles, ", "))
	}
	return table.Flush()
}

func setUserPassword(ctx context.Context, h *house, o userOptions, out io.Writer) error {
	u, err := h.userOf(ctx, o.email)
	if err != nil {
		return err
	}
	if err := h.runner.Run(ctx, access.Program(u.OrganizationID), &actions.SetUserPassword{UserID: u.ID, Password: o.password}); err != nil {
		return err
	}
	fmt.Fprintf(out, "Set the password of %s, who is signed out everywhere.\n", u.Email)
	return nil
}

func setUserRole(ctx context.Context, h *house, o userOptions, out io.Writer) error {
	u, err := h.userOf(ctx, o.email)
	if err != nil {
		return err
	}
	a := actions.ChangeRoles{UserID: u.ID, Roles: rolesFrom(o.roles)}
	if err := h.runner.Run(ctx, access.Program(u.OrganizationID), &a); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s is now %s.\n", u.Email, strings.TrimSpace(o.roles))
	return nil
}
