"""A municipality adds words, takes words out and protects surnames; each with a reason."""

from __future__ import annotations

import pytest

from munsocial.errors import InputError
from munsocial.language import Vocabulary, categories, explain, marks
from munsocial.language.comments.vocabulary import OwnWord

WORDS = Vocabulary(
    (
        OwnWord("кабанюк", "insult", "местное прозвище, обидное"),
        OwnWord("Баран", "protected", "фамилия участкового"),
        OwnWord("балабол", "-insult", "так зовут местную газету"),
        OwnWord("гербалайф~", "spam", "надоели"),
    )
)


@pytest.mark.parametrize(
    ("situation", "text", "category", "without", "with_own"),
    [
        ("an added word", "Ну и кабанюки там сидят", "insult", False, True),
        ("an added stem with any ending", "гербалайфщики пришли", "spam", False, True),
        ("a protected surname", "Ты Баран, Иван Петрович?", "insult", True, False),
        ("a word taken out of one category", "балабол пишет", "insult", True, False),
        ("another insult beside the surname", "Баран дебил", "insult", True, True),
    ],
)
def test_own_words_change_the_reading(situation: str, text: str, category: str, without: bool, with_own: bool) -> None:
    assert (category in categories(text)) is without, situation
    assert (category in categories(text, vocabulary=WORDS)) is with_own, situation


def test_the_reason_is_shown() -> None:
    (mark,) = marks("кабанюк", vocabulary=WORDS)
    assert "местное прозвище" in mark.say("ru")


@pytest.mark.parametrize(
    "word",
    [
        OwnWord("spam", "spam", ""),
        OwnWord("a.*", "spam", ""),
        OwnWord("слово", "rude", ""),
        OwnWord("", "spam", ""),
        OwnWord("ё", "insult", ""),
        OwnWord("не", "-insult", ""),
        OwnWord("ха~", "insult", ""),
    ],
)
def test_what_is_no_word_or_no_category_is_refused_with_its_place(word: OwnWord) -> None:
    with pytest.raises(InputError) as caught:
        Vocabulary((word,))
    assert "words" in caught.value.where
    assert caught.value.remedy is not None


def test_words_of_a_registry_are_taken_as_they_are() -> None:
    assert Vocabulary.of(WORDS.words) == WORDS


@pytest.mark.parametrize(
    ("situation", "text", "category", "marked"),
    [
        (
            "words tell of a threat to a man with a protected name",
            "Пуля тебя найдёт, Баран, не переживай",
            "threat",
            True,
        ),
        ("an advertisement names a protected place", "Чистка дымоходов, опыт, выезд, Баран", "spam", True),
        ("without the protected name the words tell nothing", "Баран и семья поздравляют", "spam", False),
    ],
)
def test_a_protected_name_does_not_shelter_the_rest_of_a_text(
    situation: str, text: str, category: str, marked: bool
) -> None:
    assert (category in categories(text, vocabulary=WORDS)) is marked, situation


def _own(**words: str) -> Vocabulary:
    return Vocabulary(tuple(OwnWord(word, category, "so") for word, category in words.items()))


def _said_by_own(text: str, vocabulary: Vocabulary) -> list[str]:
    return [text[mark.start : mark.end] for mark in marks(text, vocabulary=vocabulary) if mark.rule == "own-word"]


LOCAL = _own(дурак="insult", Дураков="protected", вор="insult", гад="insult", пень="insult", козлик="insult")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Спасибо Ивану Дуракову, починил ворота", []),
        ("Благодарим Дураковых и Марию Дуракову", []),
        ("Встречались с Иваном Дураковым у Дураковой", []),
        ("Ворона, ворс, Ворох, воровство, Гадюка, гадай, Гадать, не гади, пенсия, пенка", []),
        ("Ведёт себя как вор и гад", ["вор", "гад"]),
        ("воры, ворам, ГАДАМИ, о воре", ["воры", "ворам", "ГАДАМИ", "воре"]),
        ("дураку, дурака, дураки!", ["дураку", "дурака", "дураки"]),
        ("от этого пня, пнём, пни, пень", ["пня", "пнём", "пни", "пень"]),
        ("козлика козлики козёл", ["козлика", "козлики"]),
        ("вор-р, вoр", ["вор", "вoр"]),
    ],
)
def test_an_own_word_is_found_in_its_cases_and_nowhere_else(text: str, found: list[str]) -> None:
    assert _said_by_own(text, LOCAL) == found


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("козёл", "козла козлу козлом козле козлы козлов козлам козлами козлах"),
        ("коза", "козы козе козу козой коз козам козами козах"),
        ("подлец", "подлеца подлецу подлецом подлецы подлецов подлецам"),
        ("отец", "отца отцу отцом отце отцы отцов отцами"),
        ("ублюдок", "ублюдка ублюдку ублюдком ублюдки ублюдков ублюдкам"),
        ("воробей", "воробья воробью воробьём воробьи воробьёв воробьям"),
        ("тварь", "твари тварью тварей тварям"),
        ("сволочь", "сволочи сволочью сволочей сволочам"),
        ("шлюшка", "шлюшки шлюшке шлюшку шлюшкой шлюшек шлюшкам"),
        ("свинья", "свиньи свинье свинью свиньёй свиней свиньям"),
        ("врач", "врача врачом врачей врачам"),
        ("чудовище", "чудовища чудовищу чудовищ чудовищам"),
        ("тупой", "тупого тупому тупым тупая тупую тупые тупых тупыми"),
        ("дебилы", "дебил дебилов дебилам дебилами"),
        ("Пушкин", "Пушкина Пушкину Пушкиным Пушкиной Пушкины Пушкиных"),
        ("Толстой", "Толстого Толстому Толстым Толстая Толстую Толстые"),
        ("Дураково", "Дуракова Дуракову Дураковом Дуракове"),
        ("Станичная", "Станичной Станичную"),
        ("крысёнок", "крысёнка крысята крысят"),
        ("горожанин", "горожанина горожане горожан горожанам"),
        ("старый хрыч", "старого хрыча|старые хрычи|старым хрычом"),
        ("иди лесом", "иди лесом"),
        ("мать-героиня", "матери-героини|мать-героиню"),
    ],
)
def test_all_cases_of_a_word_are_known(word: str, forms: str) -> None:
    vocabulary = Vocabulary((OwnWord(word, "spam", ""),))
    for form in (word, *forms.split("|" if " " in word or "-" in word else None)):
        assert _said_by_own(f"Это {form}.", vocabulary) == [form]


@pytest.mark.parametrize(
    ("word", "text", "marked"),
    [("коза", "ты козёл", True), ("коза", "ты коза", False), ("козёл", "ты козёл", False), ("Баран", "баранка", False)],
)
def test_a_word_taken_out_spares_itself_only(word: str, text: str, marked: bool) -> None:
    assert ("insult" in categories(text, vocabulary=Vocabulary((OwnWord(word, "-insult", ""),)))) is marked


@pytest.mark.parametrize(
    ("text", "found"),
    [("Козлов", []), ("Козлов Пётр", []), ("козлов вор", ["козлов вор"]), ("Козлов тут, козлы", ["козлы"])],
)
def test_a_protected_name_is_spared_by_added_words_but_a_phrase_about_it_is_not(text: str, found: list[str]) -> None:
    vocabulary = _own(козёл="insult", Козлов="protected")
    more = Vocabulary((*vocabulary.words, OwnWord("козлов вор", "insult", "")))
    assert _said_by_own(text, more) == found


def test_no_text_holds_more_finds_than_anybody_needs() -> None:
    vocabulary = _own(вор="insult", Баран="protected")
    assert len(_said_by_own("вор баран " * 20_000, vocabulary)) == 100
    assert _said_by_own("Козлов " * 200 + "козлы", _own(козёл="insult", Козлов="protected")) == ["козлы"]
    assert "insult" in categories("баран " * 20_000 + "вор", vocabulary=vocabulary)


def test_every_one_of_many_words_is_found_where_it_stands() -> None:
    letters = "бвгдж"
    names = [f"{a}о{b}у{c}о{d}" for a in letters for b in letters for c in letters for d in letters]
    vocabulary = Vocabulary(tuple(OwnWord(name, "spam", "") for name in names))
    assert _said_by_own(" ".join(names[:90]), vocabulary) == names[:90]


@pytest.mark.parametrize(
    ("word", "category", "text", "rule"),
    [
        ("дурак", "-insult", "ты дурак", "правило «to-you» (insult) нашло «ты дурак»"),
        ("Дураков", "protected", "Иван Дураков", "правило «own-word» (insult) нашло «Дураков»"),
    ],
)
def test_explaining_names_the_own_word_that_spares_a_find(word: str, category: str, text: str, rule: str) -> None:
    vocabulary = Vocabulary((OwnWord(word, category, "не про людей"), OwnWord("дураков", "insult", "")))
    said = [step.ru.strip() for step in explain(text, vocabulary=vocabulary)]
    told = f"{rule}, но слово «{word}» муниципалитета велит это пропустить: не про людей"
    assert said.count(told) == 1
    assert said[-1] == "ничего не отмечено"
