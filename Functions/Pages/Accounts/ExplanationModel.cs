using Autopay.Application.Explaining;
using Autopay.Application.Texts;
using Autopay.Domain.Explanations;

namespace Autopay.Pages.Accounts;

/// <summary>Why a customer was charged, in one language.</summary>
/// <param name="Phone">Whom to ask; empty where the city has not said.</param>
public sealed record ExplanationModel(Explanation Explanation, ExplanationText Text, Words Words, string Phone)
{
    public static ExplanationModel Of(Explanation explanation, Words words, string phone) =>
        new(explanation, ExplanationText.Of(explanation, words), words, phone);
}
