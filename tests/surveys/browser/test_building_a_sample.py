"""The smallest of the sample surveys, written through the builder in a browser."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Response, expect
from pytest_django.live_server_helper import LiveServer

from surveys.authoring import Json, all_questions
from surveys.models import QuestionnaireRevision, Survey
from tests.factories.surveys import draft_survey
from tests.surveys.browser.signing_in import sign_in
from tests.surveys.questionnaire.building import SAMPLES

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SAMPLE = min(
    SAMPLES,
    key=lambda sample: sum(len(s["questions"]) for s in sample["sections"]) + len(sample["rules"]),
)
NUMBERS = ["unit", "min", "max", "decimals", "min_select", "max_select"]
OWN = [*NUMBERS, "max_length", "pattern", "max_files", "max_mb", "accept"]


def names_of(document: Json) -> dict[str, str]:
    """Ids by their place: the third question is Q3, its second option Q3.2."""
    names: dict[str, str] = {}
    for place, question in enumerate(all_questions(document), 1):
        names[question["id"]] = f"Q{place}"
        for part in ("options", "rows", "columns"):
            for number, item in enumerate(question.get(part, []), 1):
                key = item.get("value") or item["id"]
                names[f"{question['id']} {key}"] = f"{part}{number}"
    return names


def renamed(node: Any, names: dict[str, str], about: str = "") -> Any:
    """The part of a document with ids by place; without keys that say nothing."""
    if isinstance(node, list):
        about = node[0] if node and isinstance(node[0], str) and node[0] in names else about
        return [renamed(part, names, about) for part in node]
    if isinstance(node, dict):
        own = node.get("q", node.get("id"))
        about = own if own in names else about
        kept = {k: v for k, v in node.items() if v is not None and v is not False and v != ""}
        kept = {k: v for k, v in kept.items() if not (k == "decimals" and v == 0)}
        return {k: renamed(v, names, about) for k, v in kept.items() if k != "used"}
    if not isinstance(node, str):
        return node
    return names.get(node) or names.get(f"{about} {node}", node)


def by_place(document: Json) -> Any:
    parts = {"sections": document["sections"], "rules": document["rules"]}
    made = renamed(parts, names_of(document))
    for part in [*made["sections"], *made["rules"]]:
        part.pop("id")
    return made


class Writer:
    """Who writes a sample into an empty draft; ids of the sample → ids that the draft gives."""

    def __init__(self, live_server: LiveServer, page: Page, survey: Survey) -> None:
        self.page = page
        self.address = f"{live_server.url}/surveys/managed/{survey.pk}/questionnaire/"
        self.ids: dict[str, str] = {}
        sign_in(page.context, live_server.url, survey.created_by)
        page.goto(self.address)

    def settled(self) -> None:
        expect(self.page.locator(".htmx-request, .htmx-added, .htmx-settling")).to_have_count(0)

    def press(self, button: Locator) -> None:
        """Press, and wait until what htmx brings answers."""
        with self.page.expect_response(_is_asked_for):
            button.click()
        self.settled()

    def section(self, number: int, section: Json) -> None:
        self.press(self.page.locator("#section-add"))
        self.press(self.page.locator(f"#edit-s{number}"))
        form = self.page.locator(f"#form-s{number}")
        form.locator("[name=title]").fill(section["title"])
        form.locator("[name=help]").fill(section.get("help", ""))
        self.press(form.get_by_role("button", name="保存して閉じる"))
        if "visible_if" in section:
            self.condition(f"s{number}", section["visible_if"])

    def question(self, section: int, question: Json) -> None:
        name = f"q{len([key for key in self.ids if ' ' not in key]) + 1}"
        self.ids[question["id"]] = name
        self.press(self.page.locator(f"#more-s{section}"))
        self.press(
            self.page.locator(f".build-chooser button[value^='add s{section} {question['type']} ']")
        )
        form = self.page.locator(f"#form-{name}")
        for part, key in (("rows", "id"), ("columns", "id"), ("options", "value")):
            if part in question:
                self.lines(form, name, part, key, question)
        self.fields(form, question)
        self.press(form.locator(".actions button"))
        if "visible_if" in question:
            self.condition(name, question["visible_if"])

    def lines(self, form: Locator, name: str, part: str, key: str, question: Json) -> None:
        """Paste the labels, then fill in what each row has besides."""
        paste = form.locator(f"[name={part}-paste]")
        form.locator(f"details:has([name={part}-paste]) > summary").click()
        paste.fill("\n".join(item["label"] for item in question[part]))
        self.press(form.locator(f"button[value='{part} paste']"))
        for number, item in enumerate(question[part]):
            hidden = form.locator(f"[name={part}-{number}-{key}]")
            self.ids[f"{question['id']} {item[key]}"] = hidden.input_value()
            self.details(form.locator(f"li:has([name={part}-{number}-{key}])"), part, number, item)

    def details(self, row: Locator, part: str, number: int, item: Json) -> None:
        free = item.get("free_text")
        if part == "columns" or free or item.get("exclusive"):
            details = row.locator("details")
            if details.get_attribute("open") is None:
                details.locator("summary").click()
        stem = f"[name={part}-{number}-"
        if part == "columns":
            row.locator(f"{stem}type]").select_option(item.get("type", "number"))
            for key in ("unit", "min", "max", "decimals"):
                row.locator(f"{stem}{key}]").fill(_typed(item.get(key)))
        if item.get("exclusive"):
            row.locator(f"{stem}exclusive]").check()
        if free:
            row.locator(f"{stem}free]").check()
            row.locator(f"{stem}free_label]").fill(free["label"])
            row.locator(f"{stem}free_length]").fill(str(free["max_length"]))
            row.locator(f"{stem}free_required]").set_checked(free["required"])

    def fields(self, form: Locator, question: Json) -> None:
        form.locator("[name=label]").fill(question["label"])
        form.locator("[name=help]").fill(question.get("help", ""))
        for flag in ("required", "allow_none", "carry_over"):
            form.locator(f"[name={flag}]").set_checked(question.get(flag, False))
        if question["type"] == "date":
            for key in ("min", "max"):
                form.locator(f"[name={key}]").fill(_typed(question.get(key)))
        for key in OWN:
            field = form.locator(f"[name={key}]")
            if field.count():
                value = _typed(question.get(key))
                field.select_option(value or "0") if key == "decimals" else field.fill(value)
        for total, wanted in question.get("totals", {}).items():
            form.locator(f"[name={total}]").set_checked(wanted)

    def condition(self, name: str, condition: Json) -> None:
        self.press(self.page.locator(f"#when-{name}"))
        form = self.page.locator(f"#form-when-{name}")
        self.rows(form, f"#{name}-", condition)
        self.press(form.locator(".actions button"))

    def rows(self, form: Locator, stem: str, leaf: Json) -> None:
        """Pick one row; where htmx serves, each choice brings what fits it."""
        is_answer = "q" in leaf
        subject = f"q {self.ids[leaf['q']]}" if is_answer else f"attr {leaf['attr']}"
        page, op = self.page, form.locator("[name=when-0-0-op]")
        with page.expect_response(_is_asked_for):
            page.locator(f"{stem}when-0-0-subject").select_option(subject)
            if stem == "#rule-":
                form.get_by_role("button", name="選んだ設問に合わせて表示し直す").click()
        self.settled()
        with page.expect_response(_is_asked_for):
            op.select_option(leaf["op"])
            if stem == "#rule-":
                form.get_by_role("button", name="選んだ設問に合わせて表示し直す").click()
        self.settled()
        for value in leaf["value"] if isinstance(leaf["value"], list) else [leaf["value"]]:
            self.value(form.locator("[name=when-0-0-value]"), leaf, value)

    def value(self, control: Locator, leaf: Json, value: Any) -> None:
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        shown = self.ids.get(f"{leaf.get('q')} {shown}", shown)
        if leaf["op"] == "in":
            control.and_(self.page.locator(f"[value='{shown}']")).check()
        elif control.evaluate("control => control.tagName") == "SELECT":
            control.select_option(shown)
        else:
            control.fill(shown)

    def rule(self, rule: Json) -> None:
        self.page.goto(f"{self.address}rules/")
        form = self.page.locator("form.build-rule")
        if "when" in rule:
            self.rows(form, "#rule-", rule["when"])
        for name in ("left", "right"):
            self.side(form, name, rule[name])
        form.locator("[name=op]").select_option(rule["op"])
        form.locator(f"[name=level][value={rule['level']}]").check()
        form.locator("[name=message]").fill(rule["message"])
        form.get_by_role("button", name="規則を保存する").click()
        self.page.wait_for_url(f"{self.address}#card-*")

    def side(self, form: Locator, name: str, side: Json) -> None:
        (key,) = side
        shape = {"sum": "sum", "mul": "mul", "const": "number"}.get(key, "amount")
        form.locator(f"[name={name}-shape]").select_option(shape)
        parts = side[key] if key == "sum" else side[key][:1] if key == "mul" else [side]
        for place, part in enumerate(parts if shape != "number" else []):
            form.locator(f"[name={name}-term]").nth(place).select_option(self.term(part))
        if shape in {"mul", "number"}:
            form.locator(f"[name={name}-number]").fill(
                str(side[key][1] if key == "mul" else side[key])
            )

    def term(self, part: Json) -> str:
        ((key, place),) = part.items()
        if key == "q":
            return f"q {self.ids[place]}"
        table, *rest = place
        kind = {"col_sum": "col", "row_sum": "row", "cell": "cell"}[key]
        return " ".join([kind, self.ids[table], *(self.ids[f"{table} {name}"] for name in rest)])


def _is_asked_for(response: Response) -> bool:
    """Not what a form that saves itself is told."""
    return "/questionnaire/" in response.url and "autosave" not in response.url


def _typed(value: object) -> str:
    return "、".join(value) if isinstance(value, list) else "" if value is None else str(value)


def test_a_sample_is_written_through_the_builder(
    live_server: LiveServer, browser_page: Page
) -> None:
    survey = draft_survey()
    revisions = QuestionnaireRevision.objects.filter(survey=survey)
    revisions.update(document={"sections": [], "rules": []})
    writer = Writer(live_server, browser_page, survey)

    for number, section in enumerate(SAMPLE["sections"], 1):
        writer.section(number, section)
        for question in section["questions"]:
            writer.question(number, question)
    for rule in SAMPLE["rules"]:
        writer.rule(rule)

    assert by_place(revisions.get().document) == by_place(SAMPLE)
