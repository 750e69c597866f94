"""What leaves the server is compressed, and asked for once."""

from __future__ import annotations

import gzip
import re

HOME = "/lieu/mediatheque-de-vieux-habitants/"
GZIP = {"Accept-Encoding": "gzip, deflate"}


def test_a_page_is_compressed_for_browsers_that_read_it(client, structure):
    plain = client.get(f"{HOME}but")
    packed = client.get(f"{HOME}but", headers=GZIP, buffered=True)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    text = gzip.decompress(packed.data).decode()
    assert "Que voulez-vous savoir faire" in text
    assert len(packed.data) < len(text) / 2


def test_the_length_of_a_compressed_page_does_not_tell_its_content(client, structure):
    lengths = {len(client.get(f"{HOME}but", headers=GZIP).data) for _ in range(8)}
    assert len(lengths) > 1


def test_redirections_and_pictures_are_left_as_they_are(client, structure):
    assert "Content-Encoding" not in client.get("/", headers=GZIP).headers
    font = (
        re.search(r"/fichiers/\w+/", client.get(HOME).text)[0]
        + "fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2"
    )
    assert "Content-Encoding" not in client.get(font, headers=GZIP).headers


def test_a_file_is_kept_for_a_year_under_an_address_that_changes_with_it(client, structure):
    address = re.search(r'href="(/fichiers/[^"]+tablette.css)"', client.get(HOME).text)[1]
    response = client.get(address, headers=GZIP)
    assert response.cache_control.max_age > 300 * 24 * 3600
    assert response.cache_control.immutable
    assert b".choice" in gzip.decompress(response.data)


def test_a_page_of_before_an_upgrade_gets_its_files_but_does_not_keep_them(client, structure):
    response = client.get("/fichiers/ancienne/css/usager.css")
    assert response.status_code == 200
    assert not response.cache_control.immutable
    assert not response.cache_control.max_age


def test_a_file_that_asks_whether_it_changed_is_told_so(client, structure):
    address = re.search(r'href="(/fichiers/[^"]+tablette.css)"', client.get(HOME).text)[1]
    etag = client.get(address, headers=GZIP).headers["ETag"]
    again = client.get(address, headers={**GZIP, "If-None-Match": etag})
    assert again.status_code == 304
    assert again.data == b""


def test_nothing_outside_the_folder_is_served(client, structure):
    for path in ("../templates/base.html", "%2e%2e/templates/base.html", "..%2ftemplating.py"):
        assert client.get(f"/fichiers/x/{path}").status_code == 404
