"""A button that may be refused: with a reason it cannot send anything."""

import re
from types import SimpleNamespace

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

QUORUM = SimpleNamespace(code="opening.quorum", sentence="A second <key> holder must be present.", url="")


def rendered(source: str, **variables: object) -> str:
    with translation.override("en"):
        return Template("{% load appel %}" + source).render(Context({"csrf_token": "token", **variables}))


def test_with_a_reason_there_is_no_form_and_no_submit() -> None:
    html = rendered('{% act "Open" "/opening/" objections=reasons %}', reasons=[QUORUM])
    assert "<form" not in html
    assert "/opening/" not in html
    assert 'type="button"' in html
    assert 'aria-disabled="true"' in html
    why = re.search(r'aria-describedby="([^"]+)"', html)
    assert why is not None
    assert f'id="{why[1]}"' in html
    assert "A second &lt;key&gt; holder" in html
    assert 'data-code="opening.quorum"' in html


def test_without_a_reason_it_posts_once_with_its_token() -> None:
    html = rendered('{% act "Open" "/opening/" objections=reasons hidden=hidden %}', reasons=[], hidden={"key": "k-1"})
    assert '<form method="post" action="/opening/" data-once>' in html
    assert 'name="csrfmiddlewaretoken" value="token"' in html
    assert 'name="key" value="k-1"' in html
    assert "aria-disabled" not in html


def test_it_may_belong_to_a_form_elsewhere() -> None:
    html = rendered('{% act "Cancel the call" form_id="reason" %}')
    assert "<form" not in html
    assert 'form="reason"' in html


def test_a_step_that_only_leads_on_is_a_link() -> None:
    assert '<a class="btn btn-outline" href="/check/">' in rendered(
        '{% act "Check" "/check/" method="get" kind="outline" %}'
    )


def test_two_refused_acts_on_a_page_have_their_own_reasons() -> None:
    html = rendered('{% act "Open" "/a/" objections=r %}{% act "Close" "/b/" objections=r %}', r=[QUORUM])
    assert len(set(re.findall(r'id="(why-[^"]+)"', html))) == 2


def test_a_misspelt_option_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="does not know objection"):
        rendered('{% act "Open" "/a/" objection=r %}', r=[QUORUM])
