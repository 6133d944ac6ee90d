package topics

// Model is the linear model.
type Model struct{}
