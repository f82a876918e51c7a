package v4

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
)

// fileBody is what comes beside an uploaded file.
type fileBody struct {
	FileTypeID int64  `json:"file_type_id" needs:"yes"`
	Name       string `json:"name"`
	IsPublic   bool   `json:"is_public"`
}

// encodedFile is a file as base64, bare or as a data: URL.
type encodedFile struct {
	Data       string `json:"data" needs:"yes"`
	Name       string `json:"name"`
	FileTypeID int64  `json:"file_type_id"`
	IsPublic   bool   `json:"is_public"`
}

// ownEncodedFile is the same from a candidate, who publishes nothing.
type ownEncodedFile struct {
	Data       string `json:"data" needs:"yes"`
	Name       string `json:"name"`
	FileTypeID int64  `json:"file_type_id"`
}

// uploaded is an upload that is done: there is no queue here.
type uploaded struct {
	ID             int64                   `json:"id"`
	FileTypeID     int64                   `json:"file_type_id"`
	IsPublic       bool                    `json:"is_public"`
	OrganizationID int64                   `json:"organization_id"`
	Status         models.FileUploadStatus `json:"status"`
	ServerID       *int64                  `json:"server_id"`
	Name           string                  `json:"name"`
	Extension      string                  `json:"extension"`
	Path           string                  `json:"path"`
	ModifiedBy     *int64                  `json:"modified_by"`
}

func (a API) uploadOperations() []operation {
	return []operation{
		{method: http.MethodPost, path: "/models/file", grant: "file.upload", takes: fileBody{}, files: []string{"file"}, gives: like{resource: "file"},
			status: http.StatusCreated, do: a.uploadFile, about: "Uploads a file."},
		{method: http.MethodPost, path: "/models/file-upload", grant: "file.upload", takes: encodedFile{}, gives: uploaded{},
			status: http.StatusCreated, do: a.uploadEncoded, about: "Uploads a file as base64 text."},
		{method: http.MethodPost, path: "/mobile/file-upload", grant: attends, takes: ownEncodedFile{}, gives: uploaded{},
			status: http.StatusCreated, do: a.uploadOwn, about: "Hands in a file of the signed-in candidate's as base64 text."},
	}
}

func (a API) uploadFile(c echo.Context) error {
	var in fileBody
	name, content, err := takeFile(c, &in)
	if err != nil {
		return err
	}
	defer content.Close() // reading only
	up := actions.UploadFile{Upload: actions.Upload{Type: in.FileTypeID, Name: name, Title: in.Name, Content: content}, Public: in.IsPublic}
	if err := web.Run(c, &up); err != nil {
		return err
	}
	kind := a.Catalog.Named("file").Resource
	ask, err := a.ask(c, kind)
	if err != nil {
		return err
	}
	object, err := kind.View(web.Context(c), a.DB.Read, ask, up.File.ID)
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderLocation, fmt.Sprintf("%s/models/file/%d", Prefix, up.File.ID))
	return reply(c, http.StatusCreated, object)
}

func (a API) uploadEncoded(c echo.Context) error {
	var in encodedFile
	if err := takeLong(c, &in); err != nil {
		return err
	}
	up, err := uploadOf(in)
	if err != nil {
		return err
	}
	act := actions.UploadFile{Upload: up, Public: in.IsPublic}
	if err := web.Run(c, &act); err != nil {
		return aboutData(err)
	}
	c.Response().Header().Set(echo.HeaderLocation, fmt.Sprintf("%s/models/file/%d", Prefix, act.File.ID))
	return showOne(c, http.StatusCreated, uploadedOf(act.File))
}

func (a API) uploadOwn(c echo.Context) error {
	var in ownEncodedFile
	if err := takeLong(c, &in); err != nil {
		return err
	}
	up, err := uploadOf(encodedFile{Data: in.Data, Name: in.Name, FileTypeID: in.FileTypeID})
	if err != nil {
		return err
	}
	act := actions.UploadOwnFile{Upload: up}
	if err := web.Run(c, &act); err != nil {
		return aboutData(err)
	}
	return showOne(c, http.StatusCreated, uploadedOf(act.File))
}

func takeLong(c echo.Context, into any) error {
	b, err := readLongBody(c)
	if err != nil {
		return err
	}
	return b.read(into)
}

func uploadOf(in encodedFile) (actions.Upload, error) {
	content, err := decodeFile(in.Data)
	if err != nil {
		return actions.Upload{}, err
	}
	if in.FileTypeID == 0 {
		in.FileTypeID = models.FileTypeDocument
	}
	return actions.Upload{Type: in.FileTypeID, Name: in.Name, Content: bytes.NewReader(content)}, nil
}

// decodeFile reads base64 in either alphabet, with or without its padding and line breaks, bare or in a data: URL. What
// such a URL says of the content is not believed.
func decodeFile(data string) ([]byte, error) {
	data = strings.TrimSpace(data)
	if len(data) >= 5 && strings.EqualFold(data[:5], "data:") {
		head, rest, found := strings.Cut(data, ",")
		if !found || !strings.HasSuffix(strings.ToLower(strings.TrimSpace(head)), ";base64") {
			return nil, fault.Field("data", "A data: URL must say ;base64 before its comma.")
		}
		data = rest
	}
	plain := strings.TrimRight(strings.NewReplacer("\r", "", "\n", "", "\t", "", " ", "", "-", "+", "_", "/").Replace(data), "=")
	if plain == "" {
		return nil, fault.Field("data", "Send the file as base64.")
	}
	content, err := base64.RawStdEncoding.DecodeString(plain)
	if err != nil {
		return nil, fault.Field("data", "This is no base64.")
	}
	return content, nil
}

// aboutData names the member of the body that a file came in.
func aboutData(err error) error {
	if f, ok := fault.As(err); ok && f.Fields["file"] != "" {
		return fault.Field("data", "%s", f.Fields["file"])
	}
	return err
}

func uploadedOf(f models.File) uploaded {
	return uploaded{ID: f.ID, FileTypeID: f.FileTypeID, IsPublic: f.IsPublic, OrganizationID: f.OrganizationID, Status: models.UploadAvailable,
		Name: f.Name, Extension: f.Extension, Path: f.Key, ModifiedBy: f.UpdatedBy}
}
