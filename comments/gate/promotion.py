"""Advertising for oneself: calls to subscribe, to follow, to look at something of the writer's, to earn money.

One such phrase of the strong kind holds a reply; of the weak kind it takes a call and a thing that is called for.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from comments.gate import Reply, Verdict
from comments.gate.folding import Words
from comments.gate.phrases import Phrases, span_of

VERSION = 1
NEAR = 8  # words between a call and what it calls for

STRONG = Phrases(
    "subscribe, subscribes, subscribed, subscribing, subscriber, subscribers, subscription, suscribe,"
    "subcribe, sucscribe, suscribers, sub back, sub me, sub to my, sub to me, please sub, some subs,"
    "more subs, sub for sub, sub4sub, my channel, my chanel, our channel, my youtube, my you tube,"
    "my soundcloud, my new video, my video on, my video is, my video called, watch my video,"
    "see my video, my new videos, my videos, my vid, my vids, my vidios, my song, my songs, my new song,"
    "my cover, my covers, my remix, my mixtape, my playlist, my rap, my beats, my mash up, our video,"
    "our videos, our music, our song, new video, this video on, this playlist, follow this channel,"
    "check this channel, new channel, this you tube channel, follow me on, follow us on, follow 4 follow,"
    "follow for follow, like 4 like, like for like, like this comment, thumbs up, thumb up,"
    "thumb this up, give it a like, leave a like, smash like, free gift, free gift card, free gift cards,"
    "making money online, earn money, real money, start working from home, per day online,"
    "free followers, free views, more views, lyric video, cash prize, promo code, coupon code,"
    "referral code, use my code, sorry for the spam, getting spammed, im a rapper, am a rapper,"
    "year old rapper, upcoming rapper, upcoming artist, add me on, like my page, click here, click on my,"
    "join me on, abonnez vous, abonne toi, abonnez, ma chaine, mes videos, ma video, gagner de largent,"
    "gagnez de largent, cliquez ici, code promo, suivez moi, likez"
)
CALLS = Phrases(
    "check out, check this, check it out, check em out, check me out, check us out, checkout, check my,"
    "check our, look up, look at, look for, listen to my, search for, search, go to, go check, go watch,"
    "type in, come and see, vote for, please share, share this, share it, donate, help me, support me,"
    "support us, buy, get free, venez voir, allez voir, regardez, ecoutez, visitez, partagez"
)
THINGS = Phrases(
    "website, site, web page, page, blog, video, vid, videos, playlist, music, song, songs, track,"
    "lyrics, remix, album, cover, youtube, facebook, fb, twitter, instagram, google, giveaway, contest,"
    "app, game, shirt, soundcloud, twitch, gofundme, fundraiser, monde, chanson, morceau"
)
_VIDEO_ID = re.compile(r"watch\?v=|\bv=[\w-]{11}\b|youtu\.be|#\w+#\w+")
_EXPLANATION = (
    "The text asks readers to follow, watch or earn something; a person looks whether it advertises."
)


def check(reply: Reply) -> Iterator[Verdict]:
    for first, after in _promotions(reply.words):
        yield Verdict("promotion", VERSION, 1.0, _EXPLANATION, span_of(reply.words, first, after))
    for match in _VIDEO_ID.finditer(reply.folded.text):
        yield Verdict("promotion", VERSION, 1.0, _EXPLANATION, reply.folded.span(*match.span()))


def _promotions(found: Words) -> Iterator[tuple[int, int]]:
    yield from STRONG.find(found)
    things = list(THINGS.find(found))
    starts = [first for first, _ in things]
    for first, after in CALLS.find(found):
        following = bisect_left(starts, after)
        if following < len(things) and starts[following] < after + NEAR:
            yield first, things[following][1]
