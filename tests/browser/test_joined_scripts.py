"""A joined script does in a browser what its modules do."""

from __future__ import annotations

import pytest

from app.web.joined_files import joined

MODULES = {
    "entry.js": """
import * as parts from "./parts/first.js";
import { name as other, later } from "./parts/second.js";
import "./parts/effect.js";

const name = "entry";
const said = [name, parts.name, other, parts.describe(), later(), window.order.join("")];
document.body.dataset.told = said.join(" ");
""",
    "parts/first.js": """
import { later } from "./second.js";
(window.order = window.order || []).push(1);
export const name = "first";
export function describe() { return `${name}-${later()}`; }
export class Thing {}
""",
    "parts/second.js": """
import { describe } from "./first.js";
(window.order = window.order || []).push(2);
export const name = "second";
let count = 0;
export function later() { count += 1; return typeof describe + count; }
""",
    "parts/effect.js": "(window.order = window.order || []).push(3);\n",
}


@pytest.fixture
def page(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


def told(page, open_script):
    page.set_content("<body></body>")
    open_script()
    page.locator("body[data-told]").wait_for()
    return page.locator("body").get_attribute("data-told")


def test_modules_keep_their_names_their_order_and_what_they_remember(page, tmp_path):
    for name, text in MODULES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    script = joined(tmp_path, "entry.js")
    expected = "entry first second first-function1 function2 213"
    assert told(page, lambda: page.add_script_tag(content=script, type="module")) == expected

    def serve(route):
        path = route.request.url.removeprefix("http://modules.test/")
        body, kind = (MODULES[path], "text/javascript") if path in MODULES else ("<body></body>", "text/html")
        route.fulfill(body=body, content_type=kind)

    page.route("http://modules.test/**", serve)
    page.goto("http://modules.test/")
    assert (
        told(page, lambda: page.add_script_tag(url="http://modules.test/entry.js", type="module")) == expected
    )


def test_what_the_entry_exports_can_be_imported(page, tmp_path):
    (tmp_path / "tool.js").write_text(
        "export const size = 3;\nexport function grow(by) { return size + by; }\n"
    )
    page.route("http://modules.test/**", lambda route: route.fulfill(
        body=joined(tmp_path, "tool.js") if route.request.url.endswith(".js") else "<body></body>",
        content_type="text/javascript" if route.request.url.endswith(".js") else "text/html",
    ))  # fmt: skip
    page.goto("http://modules.test/")
    got = page.evaluate("import('http://modules.test/tool.js').then((tool) => [tool.size, tool.grow(2)])")
    assert got == [3, 5]
