"""Signing in and out, programs' tokens, and who one is. Reading a token or a session is `cms.authentication`'s."""

import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.auth import authenticate
from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication, BasicAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from cms import audit, clock, limits, parameters, problems
from cms.addresses import client_address
from cms.editorial import EditorialView
from cms.errors import LimitReached, NotAllowed, NotFound
from cms.models import ApiToken, User
from cms.openapi.responses import document, listing, nothing
from cms.pagination import Order, envelope, page
from cms.roles import SCOPES, VERBS, may, roles_of
from cms.writing import Answer, perform

TOKENS = "/api/v1/editorial/tokens"
LOCKED_SECONDS = 900
SHORTEST, LONGEST = 60, 366 * 24 * 3600
DEFAULT_LIFE = 30 * 24 * 3600
NEWEST_FIRST = Order((("created", "desc"), ("id", "desc")))


class Credentials(AuthenticationForm):
    """What is typed to sign in. A name that nobody can have is refused like any wrong one, and never looked up."""

    def clean(self) -> dict[str, Any]:
        if not is_possible(self.cleaned_data.get("username") or ""):
            raise self.get_invalid_login_error()
        return super().clean()


class SignIn(auth_views.LoginView):
    """A session for a browser. Equal words and work for a wrong password and for an unknown name."""

    template_name = "accounts/sign_in.html"
    authentication_form = Credentials
    next_page = "me"
    redirect_authenticated_user = True

    def post(  # type: ignore[override]  # a problem is an answer too
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        try:
            count_attempt(request, request.POST.get("username", ""))
        except LimitReached as error:
            return problems.of_request(error, request)
        return super().post(request, *args, **kwargs)


class SignOut(auth_views.LogoutView):
    """Ends the session; POST only, so that no link can do it."""

    http_method_names = ["post", "options"]
    next_page = "sign-in"


def locked_out(
    request: HttpRequest,
    response: HttpResponseBase | None = None,
    credentials: Mapping[str, Any] | None = None,
) -> HttpResponseBase:
    """settings.AXES_LOCKOUT_CALLABLE: too many wrong passwords for one name from one address."""
    sentence = (
        "Too many attempts to sign in with this name from this address. Try again in a quarter of an hour."
    )
    return problems.of_request(LimitReached(sentence, retry_after=LOCKED_SECONDS), request)


class Password(BasicAuthentication):
    """HTTP Basic (RFC 7617), for making a token and nothing else. Wrong passwords are counted as at /sign-in."""

    www_authenticate_realm = "Kintsugi"

    def authenticate_credentials(
        self, userid: str, password: str, request: Request | None = None
    ) -> tuple[User, None]:
        """Raises AuthenticationFailed, alike for an unknown name, LimitReached after too many attempts."""
        if request is None:
            raise AuthenticationFailed("Attempts are counted, and so need a request.")
        plain = request._request
        count_attempt(plain, userid)
        user = (
            authenticate(request=plain, username=userid, password=password) if is_possible(userid) else None
        )
        if user is None:
            raise AuthenticationFailed("The name or the password is wrong.")
        return user, None


def count_attempt(request: HttpRequest, username: str) -> None:
    """One attempt to sign in, by address and, wherever it comes from, by account. Raises LimitReached."""
    limits.take("sign-in", client_address(request), by="address")
    limits.take("account", unicodedata.normalize("NFKC", username).casefold(), by="account")


def is_possible(username: str) -> bool:
    """Whether any user could have this name: longer ones and U+0000 are more than the tables can even look for."""
    longest = User._meta.get_field("username").max_length or 0
    return len(username) <= longest and "\0" not in username


class TokenInput(serializers.Serializer):
    """What a new token shall be."""

    name = serializers.CharField(max_length=100, help_text="What uses it, in words you will know it by.")
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=SCOPES),
        required=False,
        help_text=f"Empty: everything you may, but making tokens. Else any of: {', '.join(SCOPES)}.",
    )
    expires_in = serializers.IntegerField(
        min_value=SHORTEST,
        max_value=LONGEST,
        required=False,
        help_text="Seconds until it ends; 30 days unless you say otherwise.",
    )


class Tokens(EditorialView):
    """One's own tokens. Making one takes a password (HTTP Basic) or a session: a token cannot beget another."""

    verbs = {"GET": "token.own", "POST": "token.own"}
    parameters = {"limit": parameters.limit(), "cursor": parameters.cursor()}
    input_serializers = {"POST": TokenInput}
    form_titles = {"POST": "Make a token"}
    form_notes = {
        "POST": "It is shown once, on the next page. Whoever has it can do in your name what it allows."
    }

    def get_authenticators(self) -> list[BaseAuthentication]:
        kinds = super().get_authenticators()
        method = getattr(getattr(self, "request", None), "method", None)
        return [*kinds, Password()] if method == "POST" else kinds

    @property
    def security_schemes(self) -> tuple[str, ...]:
        return ("basic", "session") if self.request.method == "POST" else ("bearer", "session")

    @extend_schema(responses={200: listing("ApiToken")})
    def get(self, request: Request) -> HttpResponseBase:
        """One's own tokens, newest first. Never the secret itself."""
        own = ApiToken.objects.filter(user=request.user)
        found = page(own, order=NEWEST_FIRST, limit=self.query["limit"], cursor=self.query["cursor"])
        following = {"cursor": found.next_cursor} if found.next_cursor else None
        body, link = envelope(request, [token_document(token) for token in found.rows], following)
        return self.respond(body, headers={"Link": link} if link else None)

    @extend_schema(responses={201: document("NewApiToken", "The token; its secret is shown this once.")})
    def post(self, request: Request) -> HttpResponseBase:
        """Make a token for programs to use in one's name."""
        if request.auth is not None:
            raise NotAllowed("A token cannot make another token. Use your password or your session.")
        wanted = self.validated(TokenInput, request)
        return perform(request, lambda: _made(_caller(request), **wanted))


class Token(EditorialView):
    """One of one's own tokens. It never changes, so that ending it asks for no ETag: it must never be refused."""

    verbs = {"GET": "token.own", "DELETE": "token.own"}
    preconditions: ClassVar[frozenset[str]] = frozenset()
    form_titles = {"DELETE": "End this token"}
    form_notes = {"DELETE": "Programs that use it are refused from this moment on."}

    @extend_schema(responses={200: document("ApiToken")})
    def get(self, request: Request, id: Any) -> HttpResponseBase:
        """One token, without its secret."""
        return self.respond(token_document(_own(_caller(request), id)))

    @extend_schema(responses={204: nothing("It is no longer accepted.")})
    def delete(self, request: Request, id: Any) -> HttpResponseBase:
        """End a token at once."""
        token = _own(_caller(request), id)
        return perform(request, lambda: _ended(token))


class Me(EditorialView):
    """Who is calling, and what they may do."""

    verbs: ClassVar[Mapping[str, str]] = {}
    permission_classes = [IsAuthenticated]

    @extend_schema(responses={200: document("Me", "The caller.")})
    def get(self, request: Request) -> HttpResponseBase:
        """Who is calling, by roles, and what they may do, by verbs."""
        user, scopes = _caller(request), tuple(getattr(request.auth, "scopes", ()))
        return self.respond(
            {
                "id": user.id,
                "username": user.username,
                "name": user.get_full_name(),
                "roles": sorted(roles_of(user)),
                "verbs": [verb for verb in VERBS if may(user, verb, scopes)],
                "scopes": list(scopes),
                "links": {"tokens": TOKENS} | _places(user, scopes),
            }
        )


def _caller(request: Request) -> User:
    """The signed-in user. The permission of every view here has judged that there is one."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


def token_document(token: ApiToken) -> dict[str, Any]:
    """A token as its owner sees it: never its secret, nor the digest of that."""
    return {
        "id": token.id,
        "name": token.name,
        "scopes": token.scopes,
        "created_at": clock.floor(token.created),
        "expires_at": clock.floor(token.expiry),
    }


def _made(
    user: User, *, name: str, scopes: list[str] | None = None, expires_in: int = DEFAULT_LIFE
) -> Answer:
    token, secret = ApiToken.objects.create(
        user=user, expiry=timedelta(seconds=expires_in), name=name, scopes=scopes or []
    )
    audit.record(
        verb="token.create", subject_type="token", subject=token.id, by=user, at=clock.now(), detail={}
    )
    return Answer(
        201,
        token_document(token) | {"token": secret},
        {"Location": f"{TOKENS}/{token.id}"},
        shown_once=True,
    )


def _ended(token: ApiToken) -> Answer:
    ApiToken.objects.filter(digest=token.digest).delete()
    audit.record(
        verb="token.delete", subject_type="token", subject=token.id, by=token.user, at=clock.now(), detail={}
    )
    return Answer(204)


def _own(user: User, id: Any) -> ApiToken:
    """Somebody else's token is as invisible as one that never was."""
    token = ApiToken.objects.select_related("user").filter(user=user, id=id).first()
    if token is None:
        raise NotFound("You have no token with this id.")
    return token


def _places(user: User, scopes: tuple[str, ...]) -> dict[str, str]:
    places = {
        "article.read": ("articles", "articles"),
        "comment.moderate": ("comments", "comments"),
        "site.write": ("site", "site"),
    }
    return {
        name: f"/api/v1/editorial/{path}" for verb, (name, path) in places.items() if may(user, verb, scopes)
    }
