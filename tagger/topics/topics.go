// Package topics gives an article its IPTC Media Topics: curated rules for
// precision, a linear model for recall, one calibrated score for both.
package topics
