package actions

import (
	"context"
	"fmt"
	"time"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/secrets"
	"github.com/assay-hire/assay/models"
)

// How long single-use secrets open their doors.
const (
	resetLife        = time.Hour
	invitationLife   = 7 * 24 * time.Hour
	emailChangeLife  = 24 * time.Hour
	secondFactorLife = 5 * time.Minute
	firstRunLife     = 7 * 24 * time.Hour
)

var errTicket = fault.New(fault.Gone, "This link was used already, or its time is over. Ask for a new one.")

// issueTicket makes a single-use secret for a user; earlier ones for the same purpose end.
func issueTicket(w *Work, purpose models.TicketPurpose, user models.User, life time.Duration) (string, error) {
	if err := endTickets(w, user.ID, purpose); err != nil {
		return "", err
	}
	token := secrets.Token()
	ticket := models.Ticket{Purpose: purpose, UserID: &user.ID, TokenHash: secrets.HashToken(token), ExpiresAt: w.Now.Add(life)}
	if err := w.Tx.Create(&ticket).Error; err != nil {
		return "", fmt.Errorf("issue a %s ticket: %w", purpose, err)
	}
	return token, nil
}

func endTickets(w *Work, userID int64, purposes ...models.TicketPurpose) error {
	err := w.Tx.Model(&models.Ticket{}).Where("user_id = ? AND purpose IN ? AND used_at IS NULL", userID, purposes).
		Update("used_at", w.Now).Error
	if err != nil {
		return fmt.Errorf("end tickets: %w", err)
	}
	return nil
}

// useTicket takes a ticket by the hash of its secret, once. It returns Gone for one that opens nothing any more.
func useTicket(w *Work, purpose models.TicketPurpose, hash string) (models.Ticket, error) {
	used := w.Tx.Model(&models.Ticket{}).
		Where("token_hash = ? AND purpose = ? AND used_at IS NULL AND expires_at > ?", hash, purpose, w.Now).
		Update("used_at", w.Now)
	if used.Error != nil {
		return models.Ticket{}, fmt.Errorf("use a %s ticket: %w", purpose, used.Error)
	}
	if used.RowsAffected != 1 {
		return models.Ticket{}, errTicket
	}
	var ticket models.Ticket
	if err := w.Tx.Where("token_hash = ?", hash).First(&ticket).Error; err != nil {
		return ticket, fmt.Errorf("load the %s ticket: %w", purpose, err)
	}
	return ticket, nil
}

// TicketOwner returns whose ticket a link carries, without using it; Gone for one that opens nothing any more.
func (r *Runner) TicketOwner(ctx context.Context, purpose models.TicketPurpose, token string) (models.User, error) {
	db := r.DB.Read.WithContext(ctx)
	var tickets []models.Ticket
	err := db.Where("token_hash = ? AND purpose = ?", secrets.HashToken(token), purpose).Limit(1).Find(&tickets).Error
	if err != nil {
		return models.User{}, fmt.Errorf("find a %s ticket: %w", purpose, err)
	}
	if len(tickets) == 0 || tickets[0].UserID == nil || !tickets[0].IsUsable(r.DB.Clock.Now()) {
		return models.User{}, errTicket
	}
	var user models.User
	if err := db.First(&user, *tickets[0].UserID).Error; err != nil {
		return user, fmt.Errorf("load the ticket's user: %w", err)
	}
	return user, nil
}
