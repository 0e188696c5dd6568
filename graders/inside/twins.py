"""Functions that are taken for each other."""

_TWINS = (
    "mean sum|max min|argmax argmin|maximum minimum|zeros ones|var std|sin cos|exp log|floor ceil round|any all"
    "|add subtract multiply divide|dot outer multiply|greater less|append extend|int round|vstack hstack|lower upper"
    "|int float|int64 float64|int32 float64|len sum|median mean|sorted reversed|abs sum"
    "|normal uniform|rand randn|ValueError TypeError KeyError IndexError ZeroDivisionError RuntimeError"
)


def _twins() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for group in _TWINS.split("|"):
        words = group.split()
        for word in words:
            found.setdefault(word, []).extend(other for other in words if other != word)
    return found


OTHER_FUNCTIONS = _twins()
