"""The API's public contract: complete, valid, and readable without a network."""

from pathlib import Path

import pytest
import yaml
from django.core.management import call_command

from tests.support.cast import Cast, Client


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> dict:
    path: Path = tmp_path_factory.mktemp("api") / "schema.yml"
    call_command(
        "spectacular", "--validate", "--fail-on-warn", "--file", str(path), "--urlconf", "config.urls_workspace"
    )
    return yaml.safe_load(path.read_text())


def test_the_schema_is_openapi_3_1_and_says_everything_it_should(schema: dict) -> None:
    assert schema["openapi"].startswith("3.1")
    nouns = {path.split("/")[3] for path in schema["paths"]}
    assert {"units", "members", "activities", "obligations", "imports", "dashboards", "me"} <= nouns


def test_the_served_schema_is_that_of_a_workspace(cast: Cast, schema: dict) -> None:
    served = yaml.safe_load(Client("jia").get("/api/schema/").content)
    assert served["paths"].keys() == schema["paths"].keys()


def test_every_operation_is_behind_a_sign_in(schema: dict) -> None:
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            assert {} not in operation.get("security", []), f"{method} {path} is open"


def test_the_documentation_page_loads_nothing_from_elsewhere(cast: Cast) -> None:
    page = Client("jia").get("/api/docs/")
    assert page.status_code == 200
    assert "http" not in page.content.decode().replace("http://jia.localhost", "").replace("http-equiv", "")
    assert page["Content-Security-Policy"].count("unsafe") == 0


def test_errors_have_one_shape(cast: Cast) -> None:
    client = cast.signed_in("owner")
    missing = client.get("/api/v1/units/999999/").json()
    assert set(missing) == {"code", "message"} and missing["code"] == "not_found"
    bad = client.post("/api/v1/units/", {"name": ""}, content_type="application/json").json()
    assert bad["code"] == "invalid" and "name" in bad["fields"]
    nobody = Client("jia").get("/api/v1/units/")
    assert nobody.status_code in {401, 403} and set(nobody.json()) == {"code", "message"}
