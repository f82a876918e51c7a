package models

// File is the record of one uploaded file; its bytes stand in the file store under Key.
type File struct {
	Row
	Owned
	Authored
	Deletable
	Name         string  `gorm:"not null" json:"name"`
	ExternalID   *string `gorm:"index" json:"external_id"`
	Description  *string `json:"description"`
	FileTypeID   int64   `gorm:"not null;index" json:"file_type_id"`
	Size         int64   `gorm:"not null;default:0" json:"size"` // bytes
	Extension    string  `gorm:"not null;default:''" json:"extension"`
	OriginalName string  `gorm:"not null;default:''" json:"originalName"`
	IsPublic     bool    `gorm:"not null;default:false" json:"-"`
	Key          string  `gorm:"column:storage_key;not null" json:"-"`
	MediaType    string  `gorm:"not null" json:"-"`
	SHA256       string  `gorm:"column:sha256;not null" json:"-"`
}

// The documented file types that Assay itself gives out.
const (
	FileTypeVideo            int64 = 4
	FileTypeBrowserVideo     int64 = 5
	FileTypeResume           int64 = 11
	FileTypeQuestionImage    int64 = 14
	FileTypeImage            int64 = 15
	FileTypeAnswerAttachment int64 = 25
	FileTypeReport           int64 = 31
	FileTypeVoiceRecording   int64 = 37
	FileTypeVoiceAttachment  int64 = 38
	FileTypeBehaviourReport  int64 = 40
	FileTypeLiveRecording    int64 = 41
	FileTypeDisplayPicture   int64 = 44
	FileTypeImport           int64 = 50
	FileTypeDocument         int64 = 51
)

// FileUploadStatus is the documented state of an upload.
type FileUploadStatus int

// The documented upload states. Here an upload is done once it is answered: its file is available.
const (
	UploadAvailable   FileUploadStatus = 100
	UploadQueued      FileUploadStatus = 101
	UploadProcessing  FileUploadStatus = 102
	UploadComplete    FileUploadStatus = 103
	UploadError       FileUploadStatus = 104
	UploadUnavailable FileUploadStatus = 999
)

// FileType is the catalogue of kinds of files.
type FileType struct {
	Row
	Name        string  `gorm:"not null" json:"name"`
	Description string  `gorm:"not null;default:''" json:"description"`
	Location    *string `json:"location"`
}
