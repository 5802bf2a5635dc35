package crawler

import (
	"mime"
	"path"
	"strings"
)

// fileExtensions are those of targets that no page is ever served under.
var fileExtensions = map[string]bool{
	".7z": true, ".apk": true, ".avi": true, ".bmp": true, ".doc": true, ".docx": true, ".exe": true, ".flv": true, ".gif": true, ".gz": true, ".ico": true,
	".jpeg": true, ".jpg": true, ".m4a": true, ".mov": true, ".mp3": true, ".mp4": true, ".ofd": true, ".pdf": true, ".png": true, ".ppt": true, ".pptx": true,
	".rar": true, ".svg": true, ".tar": true, ".tif": true, ".tiff": true, ".wav": true, ".webp": true, ".wmv": true, ".wps": true, ".xls": true, ".xlsx": true,
	".zip": true,
}

// refuseName tells a file by the end of its path, before it is asked for; it returns a *FileError.
func refuseName(urlPath string) error {
	if ext := strings.ToLower(path.Ext(urlPath)); fileExtensions[ext] {
		return &FileError{Kind: ext[1:]}
	}
	return nil
}

// refuseType tells a file by its Content-Type, before its body is read; it returns a *FileError. application/octet-stream says nothing, and a missing or
// broken header does not either: the bytes decide then.
func refuseType(contentType string) error {
	mediaType, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return nil
	}
	main, sub, _ := strings.Cut(mediaType, "/")
	switch main {
	case "image", "audio", "video", "font":
		return &FileError{Kind: mediaType}
	case "application":
		if strings.HasSuffix(sub, "+xml") || strings.HasSuffix(sub, "+json") {
			return nil
		}
		switch {
		case sub == "pdf", sub == "zip", sub == "msword", sub == "gzip", sub == "ofd", strings.HasPrefix(sub, "vnd."), strings.HasPrefix(sub, "x-rar"),
			strings.HasPrefix(sub, "x-zip"), strings.HasPrefix(sub, "x-7z"):
			return &FileError{Kind: mediaType}
		}
	}
	return nil
}
