"""The catalogue as readers will have it at an instant ahead, or have it now around a draft."""

from articles.openapi import preview_components as docs
from articles.views.delivery import catalogue as delivery
from articles.views.delivery import collections as curated
from articles.views.delivery.instants import Instant
from articles.views.preview.base import AT, Preview


@docs.topic_list
class TopicList(Preview, delivery.TopicList):
    """All topics at an instant."""

    parameters = {**delivery.TopicList.parameters, "at": AT}


@docs.topic_detail
class TopicDetail(Preview, delivery.TopicDetail):
    """One topic at an instant."""

    parameters = {**delivery.TopicDetail.parameters, "at": AT}


@docs.person_list
class PersonList(Preview, delivery.PersonList):
    """Everybody who writes or reviews here, at an instant."""

    parameters = {**delivery.PersonList.parameters, "at": AT}


@docs.person_detail
class PersonDetail(Preview, delivery.PersonDetail):
    """One person at an instant."""

    parameters = {**delivery.PersonDetail.parameters, "at": AT}


@docs.reference_list
class ReferenceList(Preview, delivery.ReferenceList):
    """Every work that is cited, at an instant."""

    parameters = {**delivery.ReferenceList.parameters, "at": AT}


@docs.reference_detail
class ReferenceDetail(Preview, delivery.ReferenceDetail):
    """One work at an instant."""

    parameters = {**delivery.ReferenceDetail.parameters, "at": AT}


@docs.legal_status_list
class LegalStatusList(Preview, delivery.LegalStatusList):
    """Where substances stand in law, at an instant."""

    parameters = {**delivery.LegalStatusList.parameters, "at": AT}


@docs.helpline_list
class HelplineList(Preview, delivery.HelplineList):
    """Services to turn to, at an instant."""

    parameters = {**delivery.HelplineList.parameters, "at": AT}


@docs.collection_list
class CollectionList(Preview, curated.CollectionList):
    """All collections at an instant."""

    parameters = {**curated.CollectionList.parameters, "at": AT}


@docs.collection_detail
class CollectionDetail(Preview, curated.CollectionDetail):
    """One collection at an instant, with the cards of what is live then. Drafts do not stand on top here."""

    parameters = {**curated.CollectionDetail.parameters, "at": AT}

    def instant(self) -> Instant:
        """It shows other people's articles: an author sees them as readers do."""
        asked = super().instant()
        return Instant(self.sight.instant_of_others(asked.at), asked.past)
