"""The calendar of appointments: its page, its address, the calendar itself."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirection

from app.services import calendar_feed
from app.services.clock import now
from app.web.access import Access, current_account, open_to
from app.web.echanges.pages import blueprint
from app.web.security import limiter


@blueprint.get("/agenda")
@open_to(Access.CONSEILLER)
def calendar() -> str:
    account = current_account()
    address = None
    if account.calendar_token:
        address = url_for("echanges.calendar_feed_of", token=account.calendar_token, _external=True)
    return render_template("echanges/calendar.html", address=address, account=account)


@blueprint.post("/agenda")
@open_to(Access.CONSEILLER)
def change_calendar() -> Redirection:
    account = current_account()
    if request.form.get("action") == "fermer":
        calendar_feed.close_feed(account)
        flash("L'agenda est fermé. Son adresse ne marche plus.")
    else:
        calendar_feed.open_feed(account, names=request.form.get("noms") == "oui")
        flash("Voici l'adresse de votre agenda. Celle d'avant ne marche plus.")
    return redirect(url_for("echanges.calendar"))


@blueprint.get("/agenda/<token>.ics")
@open_to(Access.EVERYONE)
@limiter.limit("60 per minute")
def calendar_feed_of(token: str) -> Response:
    """The calendar itself, for a phone that nobody signs in on: its address is the key."""
    found = calendar_feed.feed(token, now()) if 20 < len(token) <= 64 else None
    if found is None:
        abort(404)
    response = Response(found, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="jalons.ics"'
    return response
