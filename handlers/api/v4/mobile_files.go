package v4

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/assay-hire/assay/internal/actions"
	"github.com/assay-hire/assay/internal/fault"
	"github.com/assay-hire/assay/models"
	"github.com/assay-hire/assay/web"
)

// submittedFile is a file as the candidate who handed it in sees it.
type submittedFile struct {
	ID           int64     `json:"id"`
	Name         string    `json:"name"`
	ExternalID   *string   `json:"external_id"`
	Description  *string   `json:"description"`
	FileTypeID   int64     `json:"file_type_id"`
	Size         int64     `json:"size"`
	CreatedAt    time.Time `json:"created_at"`
	UpdatedAt    time.Time `json:"updated_at"`
	ResourceURL  string    `json:"resourceUrl"`
	Extension    string    `json:"extension"`
	OriginalName string    `json:"originalName"`
	Links        links     `json:"_links"`
}

type answerFile struct {
	ID        int64         `json:"id"`
	AnswerID  int64         `json:"answer_id"`
	Sequence  int           `json:"sequence"`
	FileID    int64         `json:"file_id"`
	File      submittedFile `json:"file"`
	CreatedAt time.Time     `json:"created_at"`
	UpdatedAt time.Time     `json:"updated_at"`
}

type answerRecording struct {
	answerFile
	Type models.RecordingType `json:"type"`
}

// answerFileBody is what comes beside an attached file.
type answerFileBody struct {
	AnswerID int64 `json:"answer_id" needs:"yes"`
	Sequence *int  `json:"sequence" needs:"yes"`
}

type recordingBody struct {
	answerFileBody
	Type models.RecordingType `json:"type" needs:"yes"`
}

func (a API) answerFileOperations() []operation {
	return []operation{
		{method: http.MethodPost, path: "/mobile/answer-file", grant: attends, takes: answerFileBody{}, files: []string{"file"}, gives: answerFile{},
			status: http.StatusCreated, do: a.addAnswerFile, about: "Attaches a file to an answer while its section runs."},
		{method: http.MethodPost, path: "/mobile/answer-recording", grant: attends, takes: recordingBody{}, files: []string{"file"},
			gives: answerRecording{}, status: http.StatusCreated, do: a.addAnswerRecording,
			about: "Adds a piece of the recording of an answer while its section runs."},
	}
}

// filesOf returns what is attached to answers, in its order.
func (a API) filesOf(ctx context.Context, answers []models.Answer) (map[int64][]submittedFile, error) {
	var joins []models.AnswerFile
	db := a.DB.Read.WithContext(ctx)
	if err := db.Where("answer_id IN ?", idsOf(answers)).Order("sequence, id").Find(&joins).Error; err != nil {
		return nil, fmt.Errorf("load the answers' files: %w", err)
	}
	ids := make([]int64, len(joins))
	for i, j := range joins {
		ids[i] = j.FileID
	}
	var rows []models.File
	if err := db.Where("id IN ? AND NOT is_deleted", ids).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("load files: %w", err)
	}
	byID := make(map[int64]models.File, len(rows))
	for _, f := range rows {
		byID[f.ID] = f
	}
	found := map[int64][]submittedFile{}
	for _, j := range joins {
		f, there := byID[j.FileID]
		if !there {
			continue
		}
		o, err := a.fileOf(f)
		if err != nil {
			return nil, err
		}
		found[j.AnswerID] = append(found[j.AnswerID], o)
	}
	return found, nil
}

// fileLife is how long a file's address works after it was read.
const fileLife = time.Hour

func (a API) fileOf(f models.File) (submittedFile, error) {
	address, err := a.Actions.Files.SignedURL(f.Key, f.OriginalName, a.DB.Clock.Now().Truncate(time.Minute).Add(fileLife))
	if err != nil {
		return submittedFile{}, fmt.Errorf("sign a file's address: %w", err)
	}
	return submittedFile{
		ID: f.ID, Name: f.Name, ExternalID: f.ExternalID, Description: f.Description, FileTypeID: f.FileTypeID, Size: f.Size,
		CreatedAt: f.CreatedAt, UpdatedAt: f.UpdatedAt, ResourceURL: strings.TrimRight(a.Actions.BaseURL, "/") + address, Extension: f.Extension,
		OriginalName: f.OriginalName, Links: linksTo(map[string]string{"fileType": "/models/file-type/" + strconv.FormatInt(f.FileTypeID, 10)}),
	}, nil
}

// takeFile reads a form with one file beside its values. The caller closes the file.
func takeFile(c echo.Context, into any) (name string, content io.ReadCloser, err error) {
	b, err := readBody(c, multipartBody)
	if err != nil {
		return "", nil, err
	}
	if err := b.read(into); err != nil {
		return "", nil, err
	}
	form := c.Request().MultipartForm
	if form == nil || len(form.File["file"]) == 0 {
		return "", nil, fault.Field("file", "Send a file under this name.")
	}
	if len(form.File["file"]) > 1 || len(form.File) > 1 {
		return "", nil, fault.Field("file", "Send one file at a time.")
	}
	header := form.File["file"][0]
	if content, err = header.Open(); err != nil {
		return "", nil, fmt.Errorf("open the upload: %w", err)
	}
	return header.Filename, content, nil
}

// attachment is what both kinds have in common.
func (in answerFileBody) attachment(name string, content io.Reader) (actions.Attachment, error) {
	bad := fault.Fields{}
	if in.AnswerID < 1 {
		bad["answer_id"] = "Say which answer this belongs to."
	}
	if in.Sequence == nil {
		bad["sequence"] = "Say which place it has among the answer's files."
		return actions.Attachment{}, fault.Refuse(bad)
	}
	return actions.Attachment{AnswerID: in.AnswerID, Sequence: *in.Sequence, Name: name, Content: content}, fault.Refuse(bad)
}

func (a API) addAnswerFile(c echo.Context) error {
	var in answerFileBody
	name, content, err := takeFile(c, &in)
	if err != nil {
		return err
	}
	defer content.Close() // reading only
	attachment, err := in.attachment(name, content)
	if err != nil {
		return err
	}
	add := actions.AddAnswerFile{Attachment: attachment}
	if err := web.Run(c, &add); err != nil {
		return err
	}
	file, err := a.fileOf(add.File)
	if err != nil {
		return err
	}
	return showOne(c, http.StatusCreated, answerFile{add.Row.ID, add.Row.AnswerID, add.Row.Sequence, add.File.ID, file, add.Row.CreatedAt, add.Row.UpdatedAt})
}

func (a API) addAnswerRecording(c echo.Context) error {
	var in recordingBody
	name, content, err := takeFile(c, &in)
	if err != nil {
		return err
	}
	defer content.Close() // reading only
	attachment, err := in.attachment(name, content)
	if err != nil {
		return err
	}
	add := actions.AddAnswerRecording{Attachment: attachment, Type: in.Type}
	if err := web.Run(c, &add); err != nil {
		return err
	}
	file, err := a.fileOf(add.File)
	if err != nil {
		return err
	}
	return showOne(c, http.StatusCreated, answerRecording{Type: add.Row.Type, answerFile: answerFile{add.Row.ID, add.Row.AnswerID,
		add.Row.Sequence, add.File.ID, file, add.Row.CreatedAt, add.Row.UpdatedAt}})
}
