using Autopay.Application.Ledgers;
using Autopay.Hosting.Settings;
using Microsoft.Extensions.Configuration;

namespace Autopay.Tests.App.Settings;

/// <summary>
/// Every setting that is bound to a record, with a value of its own: neither its default nor the value of another
/// setting that it could be confused with.
/// </summary>
internal static class OwnSettings
{
    public static IReadOnlyDictionary<string, string> Texts { get; } =
        new Dictionary<string, string>
        {
            ["Autopay:TimeZone"] = "America/Denver",
            // Of the process: there is one city in it.
            ["Autopay:Buckets"] = $"{Bucket.Count}",
            ["Autopay:Contact"] = "the help desk, extension 7",
            ["Autopay:SecondPerson"] = "False",
            ["Autopay:ReleaseApproval"] = "False",
            ["Autopay:CountedTotalsRequired"] = "True",
            ["Autopay:UnusualTimes"] = "7",
            ["Autopay:ReleaseDriftPercent"] = "17",
            ["Autopay:MethodChangesLimit"] = "11",
            ["Autopay:RefundLimitCents"] = "5500",
            ["Autopay:StaleBillsDays"] = "6",
            ["Autopay:StalePaymentsDays"] = "7",
            ["Autopay:NoticeClock"] = "Enforce",
            ["Autopay:AmountNoticeDays"] = "13",
            ["Autopay:DateNoticeDays"] = "9",
            ["Autopay:BillShock"] = "Split",
            ["Autopay:BillShockTimes"] = "5",
            ["Autopay:BillShockParts"] = "12",
            ["Autopay:RemindDaysBefore"] = "8",
            ["Autopay:TellCollected"] = "True",
            ["Autopay:TellNotCollected"] = "True",
            ["Autopay:TellCardExpires"] = "True",
            ["Autopay:CityName"] = "City of Own",
            ["Smtp:Host"] = "mail.example",
            ["Smtp:Port"] = "2525",
            ["Smtp:User"] = "autopay-own",
            ["Smtp:Password"] = "own-mail-password",
            ["Smtp:From"] = "own@city.example",
            ["Smtp:ReplyTo"] = "answers@city.example",
            ["Smtp:Timeout"] = "00:00:11",
            ["Autopay:Phone"] = "(555) 555-0199",
            ["Autopay:MoneyBackShownWithinDays"] = "8",
            ["Autopay:PaysBankFees"] = "True",
            ["Autopay:DueDateRunAt"] = "09:30",
            ["Autopay:MaxRetries"] = "1",
            ["Autopay:RetryAfterBankingDays"] = "3,8",
            ["Autopay:MaxRetryDays"] = "33",
            ["Autopay:MaxReturnsPerYear"] = "2",
            ["Autopay:MaxDaysAfterDueDate"] = "17",
            ["Autopay:MaxDaysBeforeDueDate"] = "90",
            ["Autopay:UndoOffWithinDays"] = "4",
            ["Autopay:KeepWaitingBillsDays"] = "45",
            ["Autopay:KeepAuthorisationsDays"] = "800",
            ["Autopay:PreviousBalance"] = "Warn",
            ["Autopay:LookAlikeBills"] = "Off",
            ["Autopay:MinimumChargeCents"] = "75",
            ["Autopay:NoNextBillDays"] = "21",
            ["Autopay:DisconnectAfterDays"] = "16",
            ["Autopay:AnswerWithin"] = "00:00:07",
            ["Autopay:RecoverAfter"] = "00:05:00",
            ["Autopay:ConfirmGroup"] = "2",
            ["Autopay:ProviderParallelism"] = "3",
            ["Autopay:Lease"] = "00:07:00",
            ["Autopay:WalkFor"] = "00:03:00",
            ["Autopay:ImportFor"] = "00:03:00",
            ["Autopay:KeepBackupsDays"] = "23",
            ["Autopay:KeepEventsDays"] = "77",
            ["Autopay:MaxUnauthorizedPercent"] = "0.25",
            ["Autopay:MaxAdministrativePercent"] = "2",
            ["Autopay:MaxReturnedPercent"] = "12",
            ["Autopay:ReturnRateAtLeastDebits"] = "5",
            ["Identity:TenantId"] = "22222222-3333-4444-5555-666666666666",
            ["Identity:Authority"] = "https://login.example/city/v2.0",
            ["Identity:Audience"] = "api://own",
            ["Stripe:ApiBase"] = "https://stripe.example",
            ["Stripe:ApiKey"] = "sk_test_own",
            ["Stripe:WebhookSecrets"] = "whsec_own_0123456789abcdef",
            ["Stripe:VaultUri"] = "https://kv-own.vault.example",
            ["Stripe:Environment"] = "staging",
            ["Stripe:RequestsPerSecond"] = "40",
            ["Stripe:RequestsPerSecondPerEndpoint"] = "20",
            ["Stripe:Instances"] = "2",
            ["Stripe:Timeout"] = "00:00:09",
            ["Stripe:PaymentMethodTypes"] = "card",
            ["Telemetry:TraceRatio"] = "0.5",
        };

    /// <summary>The record as the app binds it when all of them are typed in.</summary>
    public static T Read<T>()
        where T : class, new() => SettingsReader.Read<T>(Of(Texts));

    public static IConfiguration Of(IEnumerable<KeyValuePair<string, string>> texts) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(texts.Select(text => KeyValuePair.Create(text.Key, (string?)text.Value)))
            .Build();
}
