package mail

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/wneessen/go-mail"

	"github.com/assay-hire/assay/internal/fault"
)

// longestTalk bounds one delivery when the context sets no earlier end.
const longestTalk = time.Minute

// smtpSender opens a connection per message: recruiting sends few mails, and an idle connection is one more thing to
// lose.
type smtpSender struct {
	host    string
	options []mail.Option
}

// Open returns a Sender for an address of the form smtp://user:password@host:port?tls=starttls|tls|none or
// smtps://user:password@host:port. Encryption is required unless tls=none says otherwise; starttls is the default of
// smtp. Ports default to 587, 465 and 25. With tls=none the password travels only if the server offers a
// challenge-response login. Open does not connect. It returns a fault.Invalid for an address it does not understand.
func Open(address string) (Sender, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		// The address holds a password: it is not repeated in the message.
		return nil, fault.New(fault.Invalid, "The mail server's address has the form smtp://user:password@host:port.")
	}
	encryption := u.Query().Get("tls")
	if encryption == "" {
		encryption = "starttls"
		if u.Scheme == "smtps" {
			encryption = "tls"
		}
	}
	options, port, err := encryptionOptions(encryption)
	if err != nil {
		return nil, err
	}
	if u.Port() != "" {
		if port, err = strconv.Atoi(u.Port()); err != nil {
			return nil, fault.New(fault.Invalid, "The mail server's port is a number.")
		}
	}
	options = append(options, mail.WithPort(port))
	if u.User != nil {
		password, _ := u.User.Password()
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover),
			mail.WithUsername(u.User.Username()), mail.WithPassword(password))
	}
	if _, err := mail.NewClient(u.Hostname(), options...); err != nil {
		return nil, fault.New(fault.Invalid, "The mail server's address is not usable: %v.", err)
	}
	return &smtpSender{host: u.Hostname(), options: options}, nil
}

func encryptionOptions(encryption string) (options []mail.Option, port int, err error) {
	switch encryption {
	case "starttls":
		return []mail.Option{mail.WithTLSPolicy(mail.TLSMandatory)}, 587, nil
	case "tls":
		return []mail.Option{mail.WithSSL()}, 465, nil
	case "none":
		return []mail.Option{mail.WithTLSPolicy(mail.NoTLS)}, 25, nil
	}
	return nil, 0, fault.New(fault.Invalid, "The mail server's encryption is starttls, tls or none.")
}

// Send implements Sender.
func (s *smtpSender) Send(ctx context.Context, message Message) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("send mail: %w", err)
	}
	composed, err := compose(message)
	if err != nil {
		return err
	}
	limit := longestTalk
	if end, bounded := ctx.Deadline(); bounded {
		limit = min(limit, max(time.Until(end), time.Second))
	}
	client, err := mail.NewClient(s.host, append(s.options[:len(s.options):len(s.options)], mail.WithTimeout(limit))...)
	if err != nil {
		return fmt.Errorf("prepare mail connection: %w", err)
	}
	err = client.DialAndSendWithContext(ctx, composed)
	if err != nil && !composed.IsDelivered() {
		return deliveryError(err)
	}
	// A server that took the message and then fumbled the goodbye has taken it: trying again would send it twice.
	return nil
}
