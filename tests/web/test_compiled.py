"""Templates compiled once for a process: the same page, and a changed text is compiled anew."""

from jinja2 import DictLoader, Environment

from app.web.compiled import CompiledTemplates


def test_another_environment_does_not_compile_again_unless_the_text_changed() -> None:
    cache, texts = CompiledTemplates(), {"page": "Hello {{ name }}"}

    class Counting(Environment):
        compiled = 0

        def _generate(self, *given: object, **named: object) -> str:
            Counting.compiled += 1
            return super()._generate(*given, **named)  # type: ignore[arg-type]  # as Jinja calls it

    def page() -> str:
        return Counting(loader=DictLoader(texts), bytecode_cache=cache).get_template("page").render(name="Ana")

    assert [page(), page()] == ["Hello Ana"] * 2
    assert Counting.compiled == 1
    texts["page"] = "Goodbye {{ name }}"
    assert page() == "Goodbye Ana"
    assert Counting.compiled == 2
