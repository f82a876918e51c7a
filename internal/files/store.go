// Package files keeps what people upload, in a folder or any bucket with a registered URL scheme, and serves it by
// signed links that expire.
//
// The folder and in-memory schemes are registered here. Another one, such as s3, costs megabytes of client code: a binary that
// wants it imports its driver package for its side effect, and Open understands its URLs.
package files

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	_ "gocloud.dev/blob/memblob" // registers mem://, for tests
	"gocloud.dev/gcerrors"

	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/internal/secrets"
)

// Stored describes a file that was put into the store. Size is in bytes, SHA256 in hexadecimal, MediaType and Extension
// (".pdf", or empty) come from the content.
type Stored struct {
	Key       string
	Size      int64
	MediaType string
	SHA256    string
	Extension string
}

// File is an open file. The caller closes it.
type File struct {
	io.ReadSeekCloser
	Size      int64
	MediaType string
	Modified  time.Time
}

// Store keeps files and serves them as an http.Handler.
type Store struct {
	bucket *blob.Bucket
	signer *secrets.Signer
	now    func() time.Time
}

// Open returns the store at the location: a folder, made when it does not exist, or a bucket's URL. The clock decides
// when links expire. The caller closes the store.
func Open(ctx context.Context, location string, signer *secrets.Signer, now func() time.Time) (*Store, error) {
	bucket, err := openBucket(ctx, location)
	if err != nil {
		return nil, fmt.Errorf("open file store %s: %w", location, err)
	}
	return &Store{bucket: bucket, signer: signer, now: now}, nil
}

func openBucket(ctx context.Context, location string) (*blob.Bucket, error) {
	if strings.Contains(location, "://") {
		return blob.OpenBucket(ctx, location)
	}
	// Without NoTempDir a file is written to the system's temporary folder first, and cannot be moved to another disk.
	return fileblob.OpenBucket(location, &fileblob.Options{CreateDir: true, NoTempDir: true})
}

// Close releases the store.
func (s *Store) Close() error {
	return s.bucket.Close()
}

// Put stores the content under a new key. The name only helps to tell kinds of plain text apart. It returns a
// fault.Invalid, and keeps nothing, when the content is empty or has more than limit bytes.
func (s *Store) Put(ctx context.Context, name string, content io.Reader, limit int64) (Stored, error) {
	head, content, err := peek(content)
	if err != nil {
		return Stored{}, fmt.Errorf("read upload: %w", err)
	}
	if len(head) == 0 {
		return Stored{}, fault.New(fault.Invalid, "The file is empty. Choose another one.")
	}
	stored := Stored{}
	stored.MediaType, stored.Extension = sniff(head, name)
	stored.Key = newKey(stored.Extension)
	sum := sha256.New()
	stored.Size, err = s.write(ctx, stored, io.TeeReader(content, sum), limit)
	if err != nil {
		return Stored{}, err
	}
	stored.SHA256 = hex.EncodeToString(sum.Sum(nil))
	return stored, nil
}

func (s *Store) write(ctx context.Context, stored Stored, content io.Reader, limit int64) (int64, error) {
	ctx, abandon := context.WithCancel(ctx)
	defer abandon()
	w, err := s.bucket.NewWriter(ctx, stored.Key, &blob.WriterOptions{ContentType: stored.MediaType})
	if err != nil {
		return 0, fmt.Errorf("create file: %w", err)
	}
	size, err := io.Copy(w, io.LimitReader(content, limit+1))
	if err == nil && size > limit {
		err = fault.New(fault.Invalid, "The file is larger than %s. Choose a smaller one.", sizeInWords(limit))
	}
	if err != nil {
		// Closing after the context ended discards what was written.
		abandon()
		if closeErr := w.Close(); closeErr != nil && !errors.Is(closeErr, context.Canceled) {
			err = errors.Join(err, closeErr)
		}
		return 0, fmt.Errorf("store file: %w", err)
	}
	if err := w.Close(); err != nil {
		return 0, fmt.Errorf("store file: %w", err)
	}
	return size, nil
}

// Open returns the file. It returns a fault.NotFound when there is none under the key.
func (s *Store) Open(ctx context.Context, key string) (*File, error) {
	reader, err := s.bucket.NewReader(ctx, key, nil)
	if gcerrors.Code(err) == gcerrors.NotFound {
		return nil, fault.Missing("file")
	}
	if err != nil {
		return nil, fmt.Errorf("open file %s: %w", key, err)
	}
	return &File{ReadSeekCloser: reader, Size: reader.Size(), MediaType: reader.ContentType(), Modified: reader.ModTime()}, nil
}

// Delete removes the file; one that is not there is removed already.
func (s *Store) Delete(ctx context.Context, key string) error {
	if err := s.bucket.Delete(ctx, key); err != nil && gcerrors.Code(err) != gcerrors.NotFound {
		return fmt.Errorf("delete file %s: %w", key, err)
	}
	return nil
}

// newKey spreads files over 256 folders and needs no escaping in a path.
func newKey(extension string) string {
	random := make([]byte, 16)
	rand.Read(random)
	name := hex.EncodeToString(random)
	return name[:2] + "/" + name[2:] + extension
}

func sizeInWords(bytes int64) string {
	switch {
	case bytes >= 1<<20:
		return fmt.Sprintf("%d MB", bytes>>20)
	case bytes >= 1<<10:
		return fmt.Sprintf("%d kB", bytes>>10)
	}
	return fmt.Sprintf("%d bytes", bytes)
}
