package topics

import "embed"

//go:embed rules/*.rules
var ruleFiles embed.FS
