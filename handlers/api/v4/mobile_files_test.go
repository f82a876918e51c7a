package v4_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/assay-hire/assay/internal/testkit"
	"github.com/assay-hire/assay/models"
)

func TestFilesOfAnAnswer(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		p := w.Invited(t, w.Assessment(t), w.Candidate(t, 0))
		a := appOf(t, w, p)
		a.consent()
		started := a.start(a.attempts()[1].ID)
		id := fmt.Sprint(w.Paper(t, started.ID)[0].ID)
		values := map[string]string{"answer_id": id, "sequence": "1"}
		a.upload("/api/v4/mobile/answer-file", `..\..\Notes.HTML`, "<html><script>x</script>", values).Want(http.StatusCreated).
			Says(`"file_type_id":25`, `"name":"Notes"`, `"extension":"html"`, `"sequence":1`, `"originalName":"Notes.HTML"`)
		values["type"], values["sequence"] = "webrtc", "3"
		a.upload("/api/v4/mobile/answer-recording", "a.webm", webm, values).Want(http.StatusCreated).Says(`"file_type_id":5`, `"type":"webrtc"`, `"sequence":3`)
		a.upload("/api/v4/mobile/answer-recording", "a.webm", "<html>", values).Want(http.StatusUnprocessableEntity).Says(`"field":"file"`)
		a.upload("/api/v4/mobile/answer-recording", "a.webm", "", values).Want(http.StatusUnprocessableEntity).Says("empty")
		values["type"] = "tape"
		a.upload("/api/v4/mobile/answer-recording", "a.webm", webm, values).Want(http.StatusUnprocessableEntity).Says(`"field":"type"`)
		a.upload("/api/v4/mobile/answer-file", "a.txt", "x", map[string]string{"answer_id": id}).Want(http.StatusUnprocessableEntity).Says(`"field":"sequence"`)
		a.upload("/api/v4/mobile/answer-file", "a.bin", strings.Repeat("x", 21<<20), map[string]string{"answer_id": id, "sequence": "1"}).
			Want(http.StatusUnprocessableEntity).Says("larger")
		a.send("POST", "/api/v4/mobile/answer-file", map[string]any{"answer_id": id}).Want(http.StatusUnsupportedMediaType)

		var x mobileAnswer
		a.get(answersPath + "/" + id).Want(http.StatusOK).Into(&x)
		if x.Status != 3000 || x.MaxSequence != 3 || len(x.SubmittedFiles) != 1 {
			t.Errorf("with files: %+v", x)
		}
		a.send("PUT", answersPath+"/"+id, map[string]any{"text": "See the notes."}).Want(http.StatusOK).Says(`"text":"See the notes."`)
		rita := w.Program(t, w.Rita)
		rita.Get(t, "/api/v4/models/file?answer_id="+id+"&file_type_id%5B0%5D=25").Want(http.StatusOK).Says(`"Notes.HTML"`)
		a.send("POST", fmt.Sprintf("%s/%d/submission", attemptsPath, started.ID), nil).Want(http.StatusOK)
		a.upload("/api/v4/mobile/answer-file", "a.txt", "words", map[string]string{"answer_id": id, "sequence": "2"}).Want(http.StatusGone)
		noted(t, w, "add-answer-file", 1)
		noted(t, w, "add-answer-recording", 1)
	})
}

// noted checks how often the ledger says that something was done.
func noted(t *testing.T, w *testkit.World, verb string, want int64) {
	t.Helper()
	var n int64
	if err := w.DB.Read.Model(&models.AuditEntry{}).Where("verb = ?", verb).Count(&n).Error; err != nil || n != want {
		t.Errorf("%s is noted %d times, not %d: %v", verb, n, want, err)
	}
}

func TestFilesInBase64(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita, a := w.Program(t, w.Rita), appOf(t, w, w.Invited(t, w.Assessment(t), w.Candidate(t, 0)))
		plain := base64.StdEncoding.EncodeToString([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR??>>~~"))
		for _, data := range []string{plain, strings.TrimRight(plain, "="), strings.NewReplacer("+", "-", "/", "_").Replace(plain),
			"data:text/html;base64," + plain, plain[:10] + "\r\n" + plain[10:]} {
			rita.JSON(t, "POST", "/api/v4/models/file-upload", map[string]any{"data": data, "name": "dot.png", "is_public": true}).Want(http.StatusCreated).
				Says(`"status":100`, `"is_public":true`, `"name":"dot"`, `"extension":"png"`)
			a.send("POST", "/api/v4/mobile/file-upload", map[string]any{"data": data, "file_type_id": 11}).Want(http.StatusCreated).Says(`"file_type_id":11`)
		}
		var kept models.File
		if err := w.DB.Read.Where("original_name = ?", "dot.png").First(&kept).Error; err != nil || kept.MediaType != "image/png" {
			t.Errorf("%v: %+v", err, kept)
		}
		for _, data := range []any{"", "   ", "!!!!", "data:,x", "data:image/png;base64", "data:image/png;base64,", "YQ", 5, "=====", "Y===Q", nil} {
			status := http.StatusUnprocessableEntity
			if data == "YQ" {
				status = http.StatusCreated
			}
			rita.JSON(t, "POST", "/api/v4/models/file-upload", map[string]any{"data": data}).Want(status)
		}
		a.send("POST", "/api/v4/mobile/file-upload", map[string]any{"data": plain, "file_type_id": 31}).Want(http.StatusUnprocessableEntity)
		a.send("POST", "/api/v4/mobile/file-upload", map[string]any{"data": plain, "is_public": true}).Want(http.StatusUnprocessableEntity)
		rita.JSON(t, "POST", "/api/v4/models/file-upload", map[string]any{"data": plain, "file_type_id": 999}).Want(http.StatusUnprocessableEntity).Says("file_type_id")
		noted(t, w, "upload-file", 11)
		w.Program(t, w.Colleague(t, models.Developer)).JSON(t, "POST", "/api/v4/models/file-upload", map[string]any{"data": plain}).Want(http.StatusForbidden)
	})
}

func TestUploadsAndTables(t *testing.T) {
	t.Parallel()
	testkit.EachWorld(t, func(t *testing.T, w *testkit.World) {
		rita := w.Program(t, w.Rita)
		made := uploadForm(t, rita, "/api/v4/models/file", "cv.pdf", "%PDF-1.7\n", map[string]string{"file_type_id": "11", "name": "Résumé"}).
			Want(http.StatusCreated).Says(`"name":"Résumé"`, `"originalName":"cv.pdf"`, `"extension":"pdf"`, `"resourceUrl":"http`)
		rita.Get(t, made.Header.Get("Location")).Want(http.StatusOK).Says(`"cv.pdf"`)
		w.Program(t, w.Otto).Get(t, made.Header.Get("Location")).Want(http.StatusNotFound)
		uploadForm(t, rita, "/api/v4/models/file", "cv.pdf", "%PDF-1.7\n", nil).Want(http.StatusUnprocessableEntity).Says("file_type_id")

		sheet := uploadForm(t, rita, "/api/v4/spreadsheet", "people.csv", "name;city;;name\nAnn;Porto;x;A.\nBo;\"Lisbon\nand around\"\n", nil)
		var rows []map[string]string
		sheet.Want(http.StatusOK).Into(&rows)
		if len(rows) != 2 || rows[0]["name"] != "Ann" || rows[0]["column 3"] != "x" || rows[0]["name 2"] != "A." || rows[1]["city"] != "Lisbon\nand around" || rows[1]["name 2"] != "" {
			t.Errorf("rows: %v", rows)
		}
		rita.Get(t, sheet.Header.Get("Location")).Want(http.StatusOK).Says(`"people.csv"`)
		uploadForm(t, rita, "/api/v4/spreadsheet", "people.xls", "\xd0\xcf\x11\xe0 old", nil).Want(http.StatusUnprocessableEntity)
		uploadForm(t, rita, "/api/v4/spreadsheet", "bomb.xlsx", "PK\x03\x04 and nothing else", nil).Want(http.StatusUnprocessableEntity)
		uploadForm(t, rita, "/api/v4/spreadsheet", "people.csv", "", nil).Want(http.StatusUnprocessableEntity)
	})
}
