"""The files that students of an exercise get and that are generated from it: template, notebook, data beside them."""

import numpy as np

from graders.exercise.asked import Exercise
from graders.exercise.template import notebook_template, script_template
from graders.exercise.whole import supplies_of
from graders.inside.kinds import value_of


def student_files(exercise: Exercise) -> dict[str, str]:
    """Return each file's text by its name."""
    return {
        f"{exercise.name}.py": script_template(exercise),
        f"{exercise.name}.ipynb": notebook_template(exercise),
        **{name: text for each in exercise.parts or [exercise] for name, text in _data(each).items()},
    }


def _data(exercise: Exercise) -> dict[str, str]:
    """Return the modules and files that submissions import and read, with the lesson's values."""
    supplies = supplies_of(exercise)
    found = {name: supplies.text_of(name, exercise.fixed) for name in exercise.files}
    for module, attributes in exercise.modules.items():
        lines = ["import numpy as np", ""]
        for attribute, given in attributes.items():
            value = value_of(exercise.fixed[given], exercise.kinds[given])
            is_array = isinstance(value, np.ndarray)  # texts and single values have no `tolist`
            lines.append(f"{attribute} = np.array({value.tolist()})" if is_array else f"{attribute} = {value!r}")
        found[f"{module}.py"] = "\n".join(lines) + "\n"
    return found
