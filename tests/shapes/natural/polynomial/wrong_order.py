"""Polynomials as lists of coefficients, lowest first. Python for engineers, lab 2."""


def evaluate(p, x):
    """Value of p at x by Horner's rule.

    >>> evaluate([1, 0, 2], 3)
    19
    """
    # TODO
    value = 0
    for c in p:
        value = value * x + c
    return value


def derivative(p):
    """
    >>> derivative([5, 1, 3])
    [1, 6]
    """
    # TODO
    return [k * c for k, c in enumerate(p)][1:]


def multiply(p, q):
    """
    >>> multiply([1, 2], [3, 0, 4])
    [3, 6, 4, 8]
    """
    # TODO
    product = [0] * (len(p) + len(q) - 1)
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            product[i + j] += a * b
    return product


def test_evaluate():
    assert evaluate([1, 2, 3], 2) == 17


def test_product_rule():
    p, q = [1, 2], [0, 3, 1]
    assert evaluate(multiply(p, q), 5) == evaluate(p, 5) * evaluate(q, 5)


if __name__ == "__main__":
    import doctest
    doctest.testmod()
    test_evaluate()
    test_product_rule()
    print("all tests passed")
