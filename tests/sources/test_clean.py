"""What a site puts around an article goes; no sentence of the article does."""

import pytest

from kg.sources.clean import clean, cut_credit, is_boilerplate


@pytest.mark.parametrize(
    "line",
    [
        "Category",
        "World »",
        "Publication date",
        "By continuing to browse, you agree to the use of cookies on this site",
        "We and our 120 partners use cookies to show you better advertisements.",
        "Based on your location you might prefer the French edition. Would you like to switch?",
        "Read this article in Arabic",
        "Home > News > World",
        "Also read: Ten facts about the treaty",
        "READ ALSO: Minister resigns over boats",
        "Related: Minister resigns",
        "Read more",
        "More>>",
        "Subscribe now to get 50% off",
        "Sign up for our daily newsletter",
        "Follow us on Facebook and Twitter",
        "Share this article",
        "Facebook Twitter WhatsApp Email",
        "Leave a comment",
        "12 comments",
        "What do you think? Let us know in the comments.",
        "© 2024 Example Times. All rights reserved.",
        "Copyright 2024 Example Times",
        "Copyright: Example Agency",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "Photo: Jane Doe/Example",
        "AFP via Getty Images",
        "File photo",
        "By Jane Doe",
        "BY JANE DOE",
        "By Jane van der Doe and John Roe",
        "By Jane Doe, Chief Economist of the Bank of Examples.",
        "By our staff reporter",
        "Written by Jane Doe | Mumbai |",
        "Reporting by Jane Doe in Oslo; Editing by John Roe",
        "(This article was written by Jane Doe and John Roe.)",
        "With inputs from agencies",
        "Reuters/AFP",
        "Updated: July 18, 2022 5:36:50 pm",
        "11 Jul 2022",
        "5 min read",
        "https://example.org/a/b?c=d",
        "[PHOTO]http://example.org/a.jpg[/PHOTO]",
        "jane.doe@example.org",
        "Advertisement",
        "Story continues below advertisement",
        "Tags: treaty, boats",
        "***",
    ],
)
def test_boilerplate(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "White House announced continuation of aid to Ukraine",
        "Aid cuts could provoke a crisis",
        "By Monday, Iran had closed the strait.",
        "By Late Tuesday, Kenya Airways had resumed its flights.",
        "Following the talks, both ministers left for Oslo.",
        "Most read the decision as a warning to Moscow.",
        "Google said it would stop using cookies that track what people read.",
        "The regulator found that the website uses cookies without the consent of its users, a court said.",
        "Share prices fell in Tokyo after the announcement.",
        "Subscribers to the state newspaper will pay more from May, the ministry said.",
        "Photographs from the border showed tanks on the road.",
        "Reporting from the front has become harder, journalists said.",
        "Published on 9 January 2024, the report says that the talks have failed.",
        "The author says that the treaty is dead.",
        "Source of the leak was a minister.",
        "“Please sign up for the army,” he told the crowd.",
        "Tickets can be found at the gate.",
        "Advertising on state television was banned last week.",
        "Video of the attack was posted on Telegram.",
        "- South Korea",
        "Sources close to the family said that he had left.",
        "Read by millions, the newspaper was closed on Friday.",
        "Copyright law will change next year, the minister announced.",
        "Related agencies have been told to clear the sewers.",
    ],
)
def test_sentences_and_claims_stay(line: str) -> None:
    assert not is_boilerplate(line)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The harbour of Mombasa at night. Photo: Example Agency", "The harbour of Mombasa at night."),
        ("A boat leaves the harbour. (Photo by Jane Doe/Getty Images)", "A boat leaves the harbour."),
        ("A boat leaves the harbour [File: Jane Doe/Reuters]", "A boat leaves the harbour"),
        (
            "The police released a photo: it shows a man and a car.",
            "The police released a photo: it shows a man and a car.",
        ),
        ("The boat (built in 1990) sank.", "The boat (built in 1990) sank."),
    ],
)
def test_picture_credits_are_cut(line: str, expected: str) -> None:
    assert cut_credit(line) == expected


SENTENCE = "The minister said on Monday that the boats would arrive in May."


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["Home", "Video", "Live", "Horn of Africa", "Sign in", SENTENCE], [SENTENCE]),
        ([SENTENCE, "Also read:", "Boats are late", "Minister under fire", SENTENCE[4:]], [SENTENCE, SENTENCE[4:]]),
        ([SENTENCE, "Jane Doe", "Read more", "What came before"], [SENTENCE, "What came before"]),
        ([SENTENCE, "A harbour", "A harbour", "© Example"], [SENTENCE, "A harbour"]),
        (["He left.", "Asked why, he said no.", "He left."], ["He left.", "Asked why, he said no.", "He left."]),
        ([SENTENCE + " It was late.", "So.", SENTENCE + " It was late."], [SENTENCE + " It was late.", "So."]),
        (["Read more"], ["Read more"]),
    ],
)  # fmt: skip
def test_lines_are_judged_by_their_neighbours(paragraphs: list[str], expected: list[str]) -> None:
    assert clean(paragraphs) == expected
