"""Pictures of pages come from the printed file itself."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from asn_desktop.reports.preview import PreviewFile, render_page
from asn_desktop.reports.registry import Paper, render

from .samples import filled


def document(paper: Paper = Paper.F4) -> bytes:
    out = io.BytesIO()
    render("D.1.1", [filled(), filled("Siti Contoh")], out, paper)
    return out.getvalue()


def test_f4_is_215_by_330_millimetres() -> None:
    with PreviewFile(document()) as file:
        assert file.page_size(0) == pytest.approx((215 / 25.4 * 72, 330 / 25.4 * 72), abs=0.01)


def test_a_picture_has_four_bytes_per_pixel_without_padding() -> None:
    image = render_page(document(Paper.A4), 0, 1.5)
    assert (image.width, image.height) == pytest.approx((210 / 25.4 * 108, 297 / 25.4 * 108), abs=1.5)
    assert len(image.pixels) == image.width * image.height * 4


def test_the_band_is_blue_in_the_order_of_the_bytes() -> None:
    image = render_page(document(), 0, 1.0)
    pixels = {image.pixels[at : at + 3] for at in range(0, len(image.pixels), 4)}
    assert bytes((0xF6, 0xEA, 0xDE)) in pixels


def test_pages_differ_and_a_path_shows_the_same_as_bytes(tmp_path: Path) -> None:
    data = document()
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    assert render_page(data, 0, 0.5) == render_page(path, 0, 0.5)
    assert render_page(data, 0, 0.5) != render_page(data, 1, 0.5)


def test_a_page_that_is_not_there_is_an_error() -> None:
    with PreviewFile(document()) as file:
        assert len(file) == 2
        with pytest.raises(IndexError):
            file.render(2, 1.0)
        with pytest.raises(IndexError):
            file.text(-1)


def test_pages_can_be_drawn_from_several_threads() -> None:
    data = document()
    expected = render_page(data, 0, 0.5)
    with ThreadPoolExecutor(4) as pool:
        images = list(pool.map(lambda _: render_page(data, 0, 0.5), range(12)))
    assert images == [expected] * 12
