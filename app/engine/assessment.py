"""What the facts on one person say of every module now: the belief graph and the filters put together.

The graph's prior is about people as they come: who masters one thing when they come probably masters its
neighbours. What is learnt here does not make that likelier. So the graph is asked about *arrival*: each
module's facts give it P(facts | mastered on arrival or not), and it gives back P(mastered on arrival | all
facts). Each module's filter then says what became of either case by practice and by time, and the two are
mixed:

    P(level now | all) = Σ_a P(arrival = a | all) · P(level now | arrival = a, facts on the module)

A module without facts is only subject to time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.engine.autonomy import Autonomy, arrival, by_module, likelihood, track
from app.engine.belief import Belief, BeliefModel
from app.engine.evidence import Evidence, Likelihood
from app.engine.levels import Level, Levels, Parameters
from app.engine.prior import Floats


@dataclass(frozen=True)
class Assessment:
    """One person as of an instant: ``assessment[module]`` is P(mastered now), of each module of the graph.

    ``arrival`` is the belief on what was mastered when the person came, ``likelihoods`` what it rests on.
    ``autonomy`` has the modules that there are facts on, those that the graph no longer has included;
    ``levels`` has the distribution over levels now of each module of the graph. ``came`` is when the person
    came, as far as facts tell.
    """

    arrival: Belief
    likelihoods: tuple[Likelihood, ...]
    levels: Mapping[str, Levels]
    autonomy: dict[str, Autonomy]
    came: datetime | None

    def __getitem__(self, module: str) -> float:
        return self.levels[module][Level.AUTONOME]

    def __contains__(self, module: object) -> bool:
        return module in self.levels

    def as_dict(self) -> dict[str, float]:
        """P(mastered now) by module id, prerequisites first."""
        return {module: levels[Level.AUTONOME] for module, levels in self.levels.items()}

    @property
    def readiness(self) -> Floats:
        """P(not mastered, all direct prerequisites mastered) on arrival, (n,), in the order of
        ``arrival.graph.ids``."""
        return self.arrival.readiness


def assess(
    model: BeliefModel,
    evidence: Sequence[Evidence],
    now: datetime,
    parameters: Parameters = Parameters(),  # noqa: B008  (frozen)
) -> Assessment:
    """What this evidence says of every module of the model's graph at ``now`` (aware, UTC).

    Facts come in any order, each id counts once, and those after ``now`` are left out. Without facts this is
    the prior.
    """
    before = model.posterior().as_dict()
    came = arrival(evidence, now)
    facts = dict(by_module(fact for fact in evidence if fact.occurred_at <= now))
    tracks = {
        module: track(facts.get(module, ()), now, parameters, before.get(module), came)
        for module in (*model.graph.ids, *(module for module in facts if module not in model.graph))
    }
    likelihoods = tuple(likelihood(module, tracks[module]) for module in facts if tracks[module].told)
    arrived = model.posterior(likelihoods)
    levels = {module: tracks[module].given(p) for module, p in arrived.as_dict().items()}
    return Assessment(
        arrival=arrived,
        likelihoods=likelihoods,
        levels=levels,
        autonomy={module: tracks[module].autonomy(levels.get(module)) for module in facts},
        came=came,
    )
