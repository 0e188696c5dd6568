import numpy as np
from data_prep import features, targets, features_test, targets_test

np.random.seed(42)

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

# Hyperparameters
n_hidden = 2
epochs = 12
learnrate = 0.9

n_records, n_features = features.shape
last_loss = None
weights_input_hidden = np.random.normal(scale=1 / n_features ** .5, size=(n_features, n_hidden))
weights_hidden_output = np.random.normal(scale=1 / n_features ** .5, size=n_hidden)

for e in range(epochs):
    del_w_input_hidden = np.zeros(weights_input_hidden.shape)
    del_w_hidden_output = np.zeros(weights_hidden_output.shape)
    for x, y in zip(features, targets):
        ## Forward pass ##
        # TODO: Calculate the output
        hidden_output = sigmoid(np.dot(x, weights_input_hidden))
        output = sigmoid(np.dot(hidden_output, weights_hidden_output))

        ## Backward pass ##
        # TODO: Calculate the output's error term
        output_error_term = (y - output) * output * (1 - output)
        # TODO: Calculate the hidden layer's error term
        hidden_error = output_error_term * weights_hidden_output
        hidden_error_term = hidden_error * hidden_output * (1 - hidden_output)
        # TODO: Update the change in weights
        del_w_hidden_output += output_error_term * hidden_output
        del_w_input_hidden += hidden_error_term * x[:, None]

    # TODO: Update weights
    weights_input_hidden += learnrate * del_w_input_hidden / n_records
    weights_hidden_output += learnrate * del_w_hidden_output / n_records

    if e % (epochs / 4) == 0:
        out = sigmoid(np.dot(sigmoid(np.dot(features, weights_input_hidden)), weights_hidden_output))
        loss = np.mean((out - targets) ** 2)
        print("Train loss:", loss, "WARNING - Loss Increasing" if last_loss and last_loss < loss else "")
        last_loss = loss

# Calculate accuracy on test data
hidden = sigmoid(np.dot(features_test, weights_input_hidden))
predictions = sigmoid(np.dot(hidden, weights_hidden_output)) > 0.5
# TODO
accuracy = np.mean(predictions == targets_test)
print("Prediction accuracy: {:.3f}".format(accuracy))
