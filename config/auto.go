package config

import (
	"time"

	"github.com/robfig/cron/v3"
)

// Auto is the schedule of a source that is visited when its column is likely to have something new; the crawler learns when that is.
const Auto = "auto"

// Bounds of the distance between two passes of a source whose schedule is auto.
const (
	AutoLeast = 15 * time.Minute
	AutoMost  = 24 * time.Hour
)

// autoUnlearnt stands for an auto schedule of which nothing has been learnt.
func autoUnlearnt() cron.Schedule { return cron.Every(AutoMost) }
