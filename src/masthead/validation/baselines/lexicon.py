"""A small general list of good and bad words, as a sentiment package brings it; only the baseline uses it."""

from __future__ import annotations

FAVOURABLE = frozenset(
    """
    admiration admired admire adored alive amazing applause applauded beautiful beloved benefactor best better
    bravely brave bravest brilliant calm celebrate celebrated charming cheer cheerful clean comfort compassion
    courage courageous decency decent patriot patriots delicious delight delightful democracy devoted
    dignified disciplined earnest enjoy excellent fair faith faithful fine free freedom friend friendly
    friends generosity generous gentle genuine gift glad good goodness gracious grateful great handsome
    handsomely happier happiest happy harmony healthy help helped helpful hero heroes heroic honest honesty
    honour honourable hope hopeful improve improved impressed impressive inspire inspired joy joyful just
    justice kind kindness laugh liberated liberation liberator lively love loved lovely loyal loyalty mercy
    merry miracle nice noble patience patient peace peaceful peacemaker perfect pleasant pleased popular
    praise praised pride prize promise promised prosperity protect protected proud rebuilt reformer rescue
    rescued resilient respect respected safe safety save saved skill smart smile statesman strong succeed
    success successful support sweet sweetest thank thanked thriving triumph trust trusted truth useful
    victory volunteer volunteers warm welcome welcomed well win wins winner wisdom wise won wonderful worthy
    """.split()  # noqa: SIM905
)
UNFAVOURABLE = frozenset(
    """
    abuse abused accuse accused afraid aggressor anger angry arrest arrested ashamed attack attacked awful bad
    bandit bandits betray betrayed bitter blame blamed bloody bombed broken brutal brutality burned burning
    burnt capitulation cheat clique coward cowardly cowards crime criminal crisis cruel cruellest cruelty
    danger dangerous dead death deaths deny denied destroy destroyed despot dictator dictators died die dies
    dirty disaster disastrous disgrace disgusted dishonest dreadful drown drowned enemy evil extortion
    extremist extremists fail failed failure fake fear feared filthy filth foul fraud frightened ghastly greed
    greedy grim guilty harm harmful hate hated hateful hatred horrible horrific hostile hunger hurt ill
    injured junta kill killed killing liar lie lied lies lose lost loss mad militant militants miserable
    misery mob monopoly murder murderer murdered nasty occupied pain painful panic pirate pirates plague
    poison poisoned poor profiteer profiteers prison prisoner punish puppet rage rebel rebels reckless regime
    robbery rotten ruin ruined ruthless sad saddest scandal scared shame shameful shot smuggler smugglers
    stinking stole strongman suffer suffered surrender terrible terrorist terrorists terror thief threat
    threats gangster gangsters thug thugs tragedy tyranny ugly unfair unjust useless vain vicious victim
    victims vigilante vigilantes violence violent war warlord weak wicked wound wounded worse worst wrecked wrong
    """.split()  # noqa: SIM905
)
