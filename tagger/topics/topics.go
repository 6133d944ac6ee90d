// Package topics gives an article its IPTC Media Topics: curated rules for
// precision, a linear model for recall, one calibrated score for both.
//
// A Taxonomy knows the topics and how they lie below each other. Rules are
// written in text files, see Rules, and compiled into one matcher that passes
// over an article once, however many rules there are. A Classifier joins
// taxonomy, rules and model; it is immutable and safe for all goroutines, and
// Live swaps one for another when its files change.
package topics
