using Autopay.Imports.Reading;

namespace Autopay.Imports.Formats;

/// <summary>Who is on autopay, how and up to how much; a column that is left out changes nothing (R23, R39).</summary>
internal static class AccountsFormat
{
    public static ImportFormat Format { get; } =
        new(
            ImportKind.Accounts,
            "account_id",
            [
                new("account_id"),
                new("cycle"),
                new("service_area") { MayLeaveOut = true },
                new("autopay") { Note = "on, off" },
                new("provider_customer_id") { MayLeaveOut = true, Note = "needed where autopay is on, R39" },
                new("payment_method_id") { MayLeaveOut = true, Note = "needed where autopay is on, R39" },
                new("mandate_id") { MayLeaveOut = true },
                new("max_debit") { MayLeaveOut = true },
                new("email") { MayLeaveOut = true },
                new("language") { MayLeaveOut = true, Note = "en, es; empty is both" },
                new("card_expires") { MayLeaveOut = true, Note = "YYYY-MM, of a card" },
            ]
        )
        {
            Read = Read,
            HasAmount = false,
            Brings = ImportedItem.Account,
        };

    private static ImportRow Read(FieldReader row)
    {
        const string Because = "because autopay is on";
        var (account, isOn, unsaid) = (
            row.Id("account_id"),
            row.OneOf("autopay", ("on", true), ("off", false)),
            Unsaid(row)
        );
        var enrolment = new Enrolment
        {
            Cycle = row.Cycle("cycle"),
            ServiceArea = row.Text("service_area"),
            Autopay = isOn,
            Customer = row.IdWhen(isOn, "provider_customer_id", Because),
            PaymentMethod = row.IdWhen(isOn, "payment_method_id", Because),
            Mandate = row.OptionalId("mandate_id"),
            MaxDebit = row.OptionalAmount("max_debit"),
            Email = row.Text("email") is { Length: > 0 } email ? email : null,
            Language = row.OneOf("language", ("en", "en"), ("es", "es"), ("", (string?)null)),
            CardExpires = row.OptionalMonth("card_expires") is { } month ? month.AddMonths(1).AddDays(-1) : null,
        };
        return new ImportRow(
            row.Line,
            new AccountId(account),
            account,
            Money.Zero,
            now => new Enrol(enrolment, now) { Unsaid = unsaid }
        );
    }

    private static EnrolmentParts Unsaid(FieldReader row) =>
        (row.Has("service_area") ? 0 : EnrolmentParts.ServiceArea)
        | (row.Has("provider_customer_id") ? 0 : EnrolmentParts.Customer)
        | (row.Has("payment_method_id") ? 0 : EnrolmentParts.PaymentMethod)
        | (row.Has("mandate_id") ? 0 : EnrolmentParts.Mandate)
        | (row.Has("max_debit") ? 0 : EnrolmentParts.MaxDebit)
        | (row.Has("email") ? 0 : EnrolmentParts.Email)
        | (row.Has("language") ? 0 : EnrolmentParts.Language)
        | (row.Has("card_expires") ? 0 : EnrolmentParts.CardExpires);
}
