namespace Autopay.Tests.Rules.Mutants;

/// <summary>
/// Gates that stand open: the look before the confirm, who may do what, requests of a foreign page, an app that is not
/// set up, and settings that nobody reads.
/// </summary>
internal static class GateMutants
{
    private const string Batch = "Functions/Application/Charging/ChargeBatch.cs";
    private const string Look = "PreChargeCheck.WhyNotConfirm(LedgerOf(attempt), DebitOf(attempt), controls)";
    private const string Forged = "Functions/Hosting/Identity/ForgedRequests.cs";
    private const string StartGate = "Functions/Hosting/Identity/StartGate.cs";
    private const string Vault = "Functions/Hosting/Settings/VaultSecrets.cs";
    private const string Identity = "Functions/Hosting/Identity/IdentityOptions.cs";
    private const string Bearer = "Functions/Hosting/Identity/BearerIdentity.cs";
    private const string Retrying = "Functions/Domain/Deciding/Charges/Retrying.cs";
    private const string FarDates = "Functions/Domain/Deciding/Bills/FarDueDates.cs";
    private const string Rates = "Functions/Domain/Provider/ReturnRates.cs";
    private const string Steps = "Functions/Application/Charging/ProviderSteps.cs";
    private const string Services = "Functions/Hosting/AutopayServices.cs";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        .. Confirming,
        .. Roles,
        .. ForeignPages,
        .. Starting,
        .. Identifying,
        .. Policies,
        .. Processing,
        .. Ceilings,
        .. Asking,
    ];

    private static IEnumerable<Mutant> Confirming =>
        [
            BeforeConfirm("Only the halt is looked at before a confirm", "controls.WhyNothingIsCharged"),
            Ignored("A hold", "held by"),
            Ignored("A suspension", "account suspended"),
            Ignored("An opt-out", "autopay is off"),
            Ignored("That intents are matched first", "reconcile before charge"),
            BeforeConfirm(
                "What comes too late cancels a locked charge",
                "PreChargeCheck.WhyNotLock(LedgerOf(attempt), attempt, controls, clock.Now.Today)"
            ),
        ];

    private static IEnumerable<Mutant> Roles =>
        [
            MayToo("A Preparer approves", "Accounts/DebitFunctions", "ApproveDebit", "Approver", "Preparer"),
            MayToo("A Preparer cancels", "Accounts/DebitFunctions", "CancelDebit", "Approver", "Preparer"),
            MayToo("A Preparer refunds", "Accounts/RefundFunctions", "PostRefund", "Approver", "Preparer"),
            MayToo("A Viewer keeps credit", "Accounts/RefundFunctions", "KeepCredit", "Preparer", "Viewer"),
            MayToo("A Viewer assigns suspense", "Importing/SuspenseFunctions", "AssignSuspense", "Preparer", "Viewer"),
            new(
                "An Auditor halts",
                "Functions/Triggers/Finance/ControlsFunctions.cs",
                "[Function(\"PutHalt\")] [AllowedTo(Role.Preparer, Role.Approver, Role.Operator)]",
                "[Function(\"PutHalt\")] [AllowedTo(Role.Preparer, Role.Approver, Role.Operator, Role.Auditor)]",
                "RolesTests"
            ),
            new(
                "A Preparer is the second person",
                "Functions/Triggers/Finance/ApprovalFunctions.cs",
                "[Function(\"ApproveRequest\")] [AllowedTo(Role.Approver)]",
                "[Function(\"ApproveRequest\")] [AllowedTo(Role.Approver, Role.Preparer)]",
                "RolesTests"
            ),
            new(
                "Whoever has some role may do everything",
                "Functions/Hosting/Identity/Access.cs",
                "&& roles.Any(caller.Roles.Contains)",
                "&& roles.Count * caller.Roles.Count > 0",
                "RolesTests"
            ),
        ];

    private static IEnumerable<Mutant> ForeignPages =>
        [
            new(
                "The header of our own is asked for on PUT only",
                Forged,
                "if (request.Headers[Header] is not [\"1\"])",
                "if (HttpMethods.IsPut(request.Method) && request.Headers[Header] is not [\"1\"])",
                "RolesTests"
            ),
            new(
                "The origin is looked at on PUT only",
                Forged,
                "if (!IsOwnOrigin(request) || request.Headers[\"Sec-Fetch-Site\"].ToString() is not (\"\" or "
                    + "\"same-origin\" or \"none\"))",
                "if (HttpMethods.IsPut(request.Method) && (!IsOwnOrigin(request) || "
                    + "request.Headers[\"Sec-Fetch-Site\"].ToString() is not (\"\" or \"same-origin\" or \"none\")))",
                "RolesTests"
            ),
            new(
                "A foreign page may delete",
                Forged,
                "if (HttpMethods.IsGet(request.Method) ||",
                "if (HttpMethods.IsDelete(request.Method) || HttpMethods.IsGet(request.Method) ||",
                "RolesTests"
            ),
        ];

    private static IEnumerable<Mutant> Starting =>
        [
            new(
                "Outside production no key is needed",
                StartGate,
                "(stripe.ApiKey.Length > 0, \"",
                "(stripe.ApiKey.Length > 0 || stripe.Environment != Production, \"",
                "StartGateTests"
            ),
            new(
                "Outside production no webhook secret is needed",
                StartGate,
                "(stripe.Secrets.Count > 0, \"",
                "(stripe.Secrets.Count > 0 || stripe.Environment != Production, \"",
                "StartGateTests"
            ),
            new(
                "Tokens need not be meant for this app",
                Identity,
                "(IsBearer && Audience.Length > 0)",
                "IsBearer",
                "StartGateTests"
            ),
            new(
                "The platform's word alone is enough everywhere",
                StartGate,
                "isEmulator: SecretShapes.IsEmulator(storage)",
                "isEmulator: true",
                "StartGateTests"
            ),
            new(
                "A secret that is not good is taken from the vault",
                Vault,
                "is { Count: > 0 } wrong",
                "is { Count: > 9 } wrong",
                "VaultSecretsTests"
            ),
            new(
                "Old secrets are good for ever",
                Vault,
                "it && time.GetUtcNow() - it.ReadAt < GoodFor ?",
                "it && it.ReadAt != default ?",
                "VaultSecretsTests"
            ),
            new(
                "Each forged webhook asks the vault",
                Vault,
                "ReferenceEquals(Known, refused) && IsRested(now)",
                "ReferenceEquals(Known, refused)",
                "RotationTests"
            ),
            new(
                "A fresh secret waits for its five minutes",
                "Functions/Payments/StripeWebhookReader.cs",
                "await secrets.NewerThanAsync(known, cancel)",
                "known",
                "RotationTests"
            ),
            new(
                "The key of the start is used for ever",
                "Functions/Payments/CurrentKeyHandler.cs",
                "await secrets.FreshAsync(cancellationToken)",
                "secrets.Known",
                "VaultSecretsTests"
            ),
            new(
                "A restricted key is never live",
                "Functions/Payments/StripeOptions.cs",
                "|| ApiKey.StartsWith(\"rk_live_\", StringComparison.Ordinal)",
                "",
                "StartGateTests"
            ),
        ];

    private static IEnumerable<Mutant> Identifying =>
        [
            new(
                "A token without an audience is for everybody",
                Bearer,
                "ValidAudience = options.Audience,",
                "RequireAudience = false, AudienceValidator = (audiences, _, _) => !audiences.Any() || "
                    + "audiences.Contains(options.Audience),",
                "BearerTests"
            ),
            new(
                "Of two object ids the first counts",
                Identity,
                "ids.Distinct(StringComparer.Ordinal).ToList() is [var only] ? only : null;",
                "ids.FirstOrDefault();",
                "AccessTests",
                "BearerTests"
            ),
            new(
                "Of two ids in a token the first counts",
                Bearer,
                "token.Claims.Where(claim => claim.Type == type)",
                "token.Claims.Where(claim => claim.Type == type).Take(1)",
                "BearerTests"
            ),
            new(
                "Behind Easy Auth the token may be anybody's",
                "Functions/Hosting/Identity/SignedInIdentity.cs",
                "!string.Equals(caller.Who, named.Who, StringComparison.OrdinalIgnoreCase)",
                "caller.Who.Length == 0",
                "BearerTests"
            ),
            new(
                "Behind Easy Auth roles are what the header says",
                "Functions/Hosting/Identity/SignedInIdentity.cs",
                ": own is null ? caller with",
                ": own is null ? named with",
                "BearerTests"
            ),
            new(
                "A foreign page may set off that an account is given out",
                "Functions/Triggers/Accounts/AccountExportFunction.cs",
                "ForgedRequests.RefuseForeign(request);",
                "_ = request.Path;",
                "AccountExportTests"
            ),
            new(
                "On Azure a command believes a name",
                "Functions/Hosting/Operator/CommandIdentity.cs",
                "return name is null",
                "return name?.Length is null or > 0",
                "CommandIdentityTests"
            ),
            new(
                "The job asks for a resume like a person",
                "Functions/Hosting/Operator/HaltCommands.cs",
                "if (!call.IsPerson && call.Verb<Policies>().SecondPerson)",
                "if (!call.IsPerson && !call.Verb<Policies>().SecondPerson)",
                "CommandIdentityTests"
            ),
            new(
                "The log line of a refused request says where it went",
                "Functions/Hosting/Identity/AccessMiddleware.cs",
                "denied.Status, denied.Message);",
                "denied.Status, $\"{denied.Message} {http.Request.Path}\");",
                "AccessTests"
            ),
        ];

    private static IEnumerable<Mutant> Policies =>
        [
            InRules(
                "The hour of the run is always six",
                "Functions/Domain/Deciding/Charges/DueDebits.cs",
                "? now.TimeOfDay >= policies.DueDateRunAt : now.Today > day",
                "? now.TimeOfDay >= new TimeOnly(6, 0) : now.Today > day"
            ),
            InRules("There are always two retries", Retrying, "> draft.Policies.MaxRetries", "> 2"),
            InRules(
                "Every retry waits as the first",
                Retrying,
                "spacing[Math.Min(failedAttempts, spacing.Count) - 1]",
                "spacing[0]"
            ),
            InRules(
                "A retry has always 40 days",
                Retrying,
                "?? today).AddDays(policies.MaxRetryDays)",
                "?? today).AddDays(40)"
            ),
            InRules(
                "The third return suspends, whatever was set",
                "Functions/Domain/Deciding/Charges/EndUncollected.cs",
                "&& count >= most",
                "&& count >= 3"
            ),
            InRules(
                "Days before and after the due date are swapped",
                FarDates,
                "(late > draft.Policies.MaxDaysAfterDueDate || -late > draft.Policies.MaxDaysBeforeDueDate)",
                "(late > draft.Policies.MaxDaysBeforeDueDate || -late > draft.Policies.MaxDaysAfterDueDate)"
            ),
            InRules(
                "An off is always undone within a week",
                "Functions/Domain/Deciding/Enrolling.cs",
                "<= draft.Policies.UndoOffWithinDays",
                "<= 7"
            ),
            InRules(
                "Another balance always goes to a person",
                "Functions/Domain/Deciding/Bills/BalanceCheck.cs",
                "&& draft.Policies.PreviousBalance == PreviousBalancePolicy.Review",
                ""
            ),
            InRules(
                "The smallest charge is always 50 cents",
                "Functions/Domain/CityControls/Policies.cs",
                "new(MinimumChargeCents)",
                "new(50)"
            ),
            InRules(
                "A cycle has always 28 days",
                "Functions/Domain/Deciding/Holds/Listing.cs",
                "waits.Since.AddDays(draft.Policies.NoNextBillDays)",
                "waits.Since.AddDays(28)"
            ),
            InWork(
                "Waiting bills always stay 60 days",
                "Functions/Application/Waiting/DecideWaitingRow.cs",
                "-policies.KeepWaitingBillsDays",
                "-60"
            ),
        ];

    private static IEnumerable<Mutant> Processing =>
        [
            InWork(
                "Recovery always waits two minutes",
                "Functions/Application/Charging/ChargeDebits.cs",
                "attempt.TouchedAt + books.Options.RecoverAfter <=",
                "attempt.TouchedAt + TimeSpan.FromMinutes(2) <="
            ),
            InWork(
                "A group of confirms is always sixteen",
                "Functions/Application/Charging/ChargeDebits.cs",
                ".Chunk(books.Options.ConfirmGroup)",
                ".Chunk(16)"
            ),
            InWork(
                "Sixteen calls are always under way",
                Steps,
                "items, options.ProviderParallelism, async item",
                "items, 16, async item"
            ),
            InWork(
                "A lease is always two minutes",
                "Functions/Application/Evaluating/BucketLease.cs",
                "new BucketLease(schedules, clock, options.Lease, found)",
                "new BucketLease(schedules, clock, TimeSpan.FromMinutes(2), found)"
            ),
            new(
                "Backups are always kept 35 days",
                "Functions/Application/Backups/PruneBackups.cs",
                "-options.KeepBackupsDays",
                "-35",
                "PruneTests"
            ),
            new(
                "Raw events are always kept 90 days",
                "Functions/Application/Retention/ExpireEvents.cs",
                "-options.KeepEventsDays",
                "-90",
                "ExpireEventsTests"
            ),
            new(
                "What goes is written down when it is gone",
                "Functions/Application/Retention/ExpireEvents.cs",
                "await change.RunAsync(",
                "await events.DeleteAsync(old, cancel); await change.RunAsync(",
                "ExpireEventsTests"
            ),
            new(
                "An old event goes though it is open",
                "Functions/Storage/Events/TableExpiringEvents.cs",
                ".Where(key => !needed.Contains(EventOf(key)))",
                ".Where(key => key.Length > 0)",
                "ExpireEventsTests"
            ),
        ];

    private static IEnumerable<Mutant> Ceilings =>
        [
            InWork(
                "The ceilings of two families are swapped",
                Rates,
                "ReturnFamily.Unauthorized => MaxUnauthorizedPercent, ReturnFamily.Administrative => "
                    + "MaxAdministrativePercent,",
                "ReturnFamily.Unauthorized => MaxAdministrativePercent, ReturnFamily.Administrative => "
                    + "MaxUnauthorizedPercent,"
            ),
            InWork(
                "The ceiling of all returns is that of wrong account data",
                Rates,
                "_ => MaxReturnedPercent,",
                "_ => MaxAdministrativePercent,"
            ),
            InWork("A rate always needs 200 debits", Rates, "sent >= ceilings.ReturnRateAtLeastDebits", "sent >= 200"),
        ];

    private static IEnumerable<Mutant> Asking =>
        [
            InTheApp(
                "The tables know the default policies only",
                "Functions/Storage/Finance/TableControlsStore.cs",
                "new Controls { Policies = policies }, null)",
                "new Controls(), null)"
            ),
            InTheApp(
                "Stripe always has 30 seconds",
                Services,
                "provider.GetRequiredService<StripeOptions>().Timeout",
                "TimeSpan.FromSeconds(30)"
            ),
            InTheApp(
                "Every method may pay",
                "Functions/Payments/StripePaymentProvider.cs",
                "[.. options.Types]",
                "[\"us_bank_account\", \"card\"]"
            ),
            InTheApp(
                "The city is always in Chicago",
                "Functions/Hosting/Settings/SettingsServices.cs",
                "provider.GetRequiredService<CityOptions>().TimeZone",
                "\"America/Chicago\""
            ),
        ];

    private static Mutant BeforeConfirm(string name, string look) =>
        new(name, Batch, $"{Look};", $"{look};", "BeforeConfirmTests");

    private static Mutant Ignored(string what, string begins) =>
        BeforeConfirm(
            $"{what} before a confirm is ignored",
            $"{Look} is {{ }} why && !why.StartsWith(\"{begins}\", StringComparison.Ordinal) ? why : null"
        );

    private static Mutant MayToo(string name, string file, string function, string role, string other) =>
        new(
            name,
            $"Functions/Triggers/{file}.cs",
            $"[Function(\"{function}\")] [AllowedTo(Role.{role})]",
            $"[Function(\"{function}\")] [AllowedTo(Role.{role}, Role.{other})]",
            "RolesTests"
        );

    private static Mutant InRules(string name, string file, string right, string wrong) =>
        new(name, file, right, wrong, "SettingsInRulesTests");

    private static Mutant InWork(string name, string file, string right, string wrong) =>
        new(name, file, right, wrong, "SettingsInWorkTests");

    private static Mutant InTheApp(string name, string file, string right, string wrong) =>
        new(name, file, right, wrong, "SettingsInTheAppTests");
}
