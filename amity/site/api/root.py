"""`/api/v1`: every kind of record as a list and one by one, and the description of it all."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

import amity
from amity.foundation.pages.links import absolute, with_query
from amity.foundation.pages.public import Page, PageRequest, public_page
from amity.record import kinds
from amity.record.acting import STRANGER, Acting
from amity.record.kinds import Kind
from amity.record.removals import missing

from . import desk, desk_schemas, figures, problems
from . import search as found
from .answering import as_json
from .changes import ChangeList, read_changes
from .filters import ListFilters, filters_of, refuse_unknown, wanted_rows
from .records import Json, read_dossiers, read_records, rows_of
from .schemas import list_schema, name_of, parameters, reference, schemas

ADDRESS = "/api/v1/"
METHODS = ["GET", "HEAD"]
DESCRIPTION = (
    "The record of what two peoples asked of each other and promised. Everybody reads it; below "
    "`desk` a program reads and writes for an office, by a token that a person made at the desk. "
    "Every text comes "
    "in all its languages, the original first. A version that is words alone was written by a "
    "person, from the original as it stands. Any other says in `origin` whether a machine made it, "
    "in `from` which language it was made from where that is not the original (null: from none), "
    "and with `outdated: true` that what it was made from has changed since. Dates are EDTF (ISO "
    "8601-2), with the words that were said. Lists come in pages ordered by identifier: follow "
    "`next` until it is null. `changed_at` says when a record last changed, `changed_since` asks "
    "for what changed since; `changes` tells what was added, changed, renamed and removed, the "
    "newest first. Every answer carries an ETag; ask again with If-None-Match. Of "
    "reports there are those that were accepted, and no others."
)


class Interface(NinjaAPI):
    """The interface, with the records' own schemas in its description."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: Json | None = None
    ) -> OpenAPISchema:
        """The description (OpenAPI 3.1). HEAD goes without saying (RFC 9110 section 9.3.2)."""
        described = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for methods in described["paths"].values():
            methods.pop("head", None)
        described["components"]["schemas"] = {**schemas(), **desk_schemas.schemas()}
        described["components"]["securitySchemes"] = desk_schemas.SECURITY
        return described


api = Interface(
    title="Amity",
    version=amity.__version__,
    description=DESCRIPTION,
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    openapi_extra={"info": {"license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}}},
)
problems.install(api)


def answer(
    view: Callable[..., HttpResponseBase], request: HttpRequest, **values: object
) -> HttpResponseBase:
    """What `view` answers: the same for every reader, whatever language they prefer."""
    with translation.override("en"):
        response = view(request, **values)
    response.headers.setdefault("Content-Language", "mul")
    response.headers.setdefault("Access-Control-Allow-Origin", "*")
    return response


def responses(schema: dict[str, object], *failures: int) -> dict[str, object]:
    """What an operation's description says of its answers."""
    titles = {
        400: "A query parameter cannot be meant.",
        404: "There is no such record.",
        410: "The record was removed; the answer says by which office, when and why.",
    }
    problem = {problems.MEDIA_TYPE: {"schema": reference("Problem")}}
    return {
        "responses": {
            200: {"description": "OK", "content": {"application/json": {"schema": schema}}},
            304: {"description": "What you have is current."},
            **{code: {"description": titles[code], "content": problem} for code in failures},
        }
    }


def read_page(
    kind: Kind, filters: ListFilters, page: Page, acting: Acting
) -> tuple[list[Json], bool]:
    """A page of the records that whoever acts may read, and whether there are more."""
    limit = filters.cleaned_data["limit"]
    rows = wanted_rows(kind, rows_of(kind, acting), filters, page, acting)[: limit + 1]
    found = read_records(kind, rows, page.today)
    return found[:limit], len(found) > limit


def read_one(kind: Kind, key: str, page: Page, acting: Acting) -> Json:
    """One record that whoever acts may read. Raises Http404, Removed and Moved."""
    found = read_records(kind, rows_of(kind, acting).filter(key=key), page.today)
    if not found:
        raise missing(kind.model, key, acting)
    return found[0]


def offer(kind: Kind) -> None:
    """Add the list of a kind of records and the address of each."""
    form = filters_of(kind.kind)

    @public_page(form)
    def show_list(request: PageRequest, filters: ListFilters) -> HttpResponse:
        found, more = read_page(kind, filters, request.page, STRANGER)
        following = absolute(with_query(request, after=found[-1]["id"])) if more else None
        return as_json({"items": found, "next": following})

    @public_page
    def show_one(request: PageRequest, key: str) -> HttpResponse:
        return as_json(read_one(kind, key, request.page, STRANGER))

    @api.api_operation(
        METHODS,
        f"/{kind.plural}",
        operation_id=f"list_{kind.plural}",
        url_name=kind.plural,
        summary=f"List {kind.plural}",
        tags=[kind.plural],
        openapi_extra={
            "parameters": parameters(form),
            **responses(reference(f"{name_of(kind.kind)}List"), 400),
        },
    )
    def listed(request: HttpRequest) -> HttpResponseBase:
        refuse_unknown(request, form.base_fields)
        return answer(show_list, request)

    @api.api_operation(
        METHODS,
        f"/{kind.plural}/{{slug:key}}",
        operation_id=f"get_{kind.kind}",
        url_name=kind.kind,
        summary=f"One {kind.kind}",
        tags=[kind.plural],
        openapi_extra=responses(reference(name_of(kind.kind)), 400, 404, 410),
    )
    def one(request: HttpRequest, key: str) -> HttpResponseBase:
        refuse_unknown(request, ())
        return answer(show_one, request, key=key)


@public_page
def show_dossiers(request: PageRequest) -> HttpResponseBase:
    """All dossiers; there are few."""
    return as_json({"items": read_dossiers(), "next": None})


@public_page
def show_dossier(request: PageRequest, key: str) -> HttpResponseBase:
    """One dossier."""
    found = read_dossiers(key)
    if not found:
        raise Http404(key)
    return as_json(found[0])


@public_page
def show_description(request: PageRequest) -> HttpResponseBase:
    """The description of the interface."""
    return as_json(api.get_openapi_schema(path_prefix=ADDRESS))


@public_page
def show_root(request: PageRequest) -> HttpResponseBase:
    """Where everything is."""
    lists = {one.plural: absolute(f"{ADDRESS}{one.plural}") for one in kinds.kinds()}
    described = {"description": absolute(f"{ADDRESS}openapi.json")}
    others = ("changes", "dossiers", "figures", "search")
    beside = {name: absolute(f"{ADDRESS}{name}") for name in others}
    return as_json({**described, **beside, **lists})


@api.api_operation(METHODS, "/", include_in_schema=False, url_name="root", operation_id="get_root")
def root(request: HttpRequest) -> HttpResponseBase:
    """Where everything is."""
    refuse_unknown(request, ())
    return answer(show_root, request)


@api.api_operation(METHODS, "/openapi.json", include_in_schema=False, url_name="description")
def description(request: HttpRequest) -> HttpResponseBase:
    """The description of the interface."""
    refuse_unknown(request, ())
    return answer(show_description, request)


@api.api_operation(
    METHODS,
    "/dossiers",
    operation_id="list_dossiers",
    url_name="dossiers",
    summary="List dossiers",
    tags=["dossiers"],
    openapi_extra=responses(list_schema("dossier"), 400),
)
def dossiers(request: HttpRequest) -> HttpResponseBase:
    """All dossiers, without pages."""
    refuse_unknown(request, ())
    return answer(show_dossiers, request)


@api.api_operation(
    METHODS,
    "/dossiers/{slug:key}",
    operation_id="get_dossier",
    url_name="dossier",
    summary="One dossier",
    tags=["dossiers"],
    openapi_extra=responses(reference("Dossier"), 400, 404),
)
def dossier(request: HttpRequest, key: str) -> HttpResponseBase:
    """One dossier: what it is about, and whether it is fictional."""
    refuse_unknown(request, ())
    return answer(show_dossier, request, key=key)


@public_page(ChangeList)
def show_changes(request: PageRequest, filters: ChangeList) -> HttpResponseBase:
    """What changed, the newest first."""
    found, more = read_changes(request.page, filters)
    following = (
        absolute(with_query(request, before=found[-1]["at"].replace("+00:00", "Z")))
        if more
        else None
    )
    return as_json({"items": found, "next": following})


@api.api_operation(
    METHODS,
    "/changes",
    operation_id="list_changes",
    url_name="changes",
    summary="List what changed",
    tags=["changes"],
    openapi_extra={
        "parameters": parameters(ChangeList),
        **responses(reference("ChangeList"), 400),
    },
)
def changed(request: HttpRequest) -> HttpResponseBase:
    """What changed in the record, the newest first; one load of a folder is one change."""
    refuse_unknown(request, ChangeList.base_fields)
    return answer(show_changes, request)


for _kind in kinds.kinds():
    offer(_kind)


@api.api_operation(
    METHODS,
    "/search",
    operation_id="search",
    url_name="search",
    summary="Search the record",
    tags=["search"],
    openapi_extra={
        "parameters": parameters(found.SearchList),
        **responses(found.schema(), 400),
    },
)
def search(request: HttpRequest) -> HttpResponseBase:
    """Records by words, names or numbers, in any script and language, the best first."""
    refuse_unknown(request, found.SearchList.base_fields)
    return answer(found.show_found, request)


@api.api_operation(
    METHODS,
    "/figures",
    operation_id="list_figures",
    url_name="figures",
    summary="Count what was asked and promised by theme and goal",
    tags=["figures"],
    openapi_extra={
        "parameters": parameters(figures.FiguresList),
        **responses(figures.schema(), 400),
    },
)
def counted(request: HttpRequest) -> HttpResponseBase:
    """What was proposed, answered, promised, reported and confirmed, by theme and by goal."""
    refuse_unknown(request, figures.FiguresList.base_fields)
    return answer(figures.show_figures, request)


desk.offer(api, desk_schemas.described)


@api.api_operation(METHODS, "/{path:rest}", include_in_schema=False, url_name="nothing")
def nothing(request: HttpRequest, rest: str) -> HttpResponseBase:
    """Programs are told in their own form that there is nothing."""
    raise Http404(rest)
