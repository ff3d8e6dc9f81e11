"""When a question applies, for the page's own script: it skips without waiting for the server."""

from handrail.data import screening_script


def gates() -> dict[str, object]:
    """By slug: whether all of its conditions are asked for, and each as a question and its keys."""
    return {
        item.slug: {
            "all": item.question.all_gates,
            "gates": [[gate.question, sorted(gate.chose)] for gate in item.question.gates],
        }
        for item in screening_script().items
        if item.question.gates
    }
