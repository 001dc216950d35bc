using System.Text.Json;
using System.Text.Json.Nodes;
using Autopay.Application.Explaining;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Books;
using Autopay.Application.Texts;
using Autopay.Hosting;

namespace Autopay.Triggers.Accounts;

/// <summary>One document with everything, as a customer may be handed it; amounts are cents.</summary>
internal static class AccountExportView
{
    public static object Of(AccountExport export)
    {
        var (ledger, words) = (export.View.Ledger, Words.In(Language.English));
        return new
        {
            account = ledger.Id,
            givenOut = new
            {
                export.GivenOut.At,
                export.GivenOut.By,
                export.GivenOut.Name,
                export.GivenOut.Why,
            },
            authorisations = new
            {
                payer = ledger.Payer,
                since = ledger.AutopaySince,
                ended = ledger.LastOff?.On,
                means = ledger.LastMeans,
                cap = ledger.Enrolment?.MaxDebit,
                former = ledger.FormerPayers,
            },
            ledger = AccountViews.ToView(export.View),
            history = export.History.Select(ToView),
            explanations = export.Explanations.Select(it =>
                ExplanationView.Of(it, ExplanationText.Of(it, words), Language.English)
            ),
            elsewhere = new[]
            {
                "The files of the billing system, as they were sent.",
                "Stripe: the customer, the payment method with the mandate's text and proof, the raw events.",
            },
        };
    }

    private static object ToView(HistoryRow row) =>
        new
        {
            number = row.Sequence,
            row.Authority.At,
            row.Authority.By,
            row.Authority.Name,
            row.Authority.Role,
            row.Authority.Why,
            events = row.Events.Select(ToView),
        };

    // As it is stored: the name first.
    private static JsonObject ToView(LedgerEvent happened)
    {
        var facts = JsonSerializer.SerializeToNode(happened, happened.GetType(), HttpJson.Options)!.AsObject();
        facts.Insert(0, "type", EventFacts.Of(happened).Kind);
        return facts;
    }
}
