namespace Autopay.Tests.Rules.Mutants;

/// <summary>What would let one person do what takes two, or a record be altered unseen.</summary>
internal static class FinanceMutants
{
    private const string SecondPerson = "Functions/Domain/CityControls/SecondPerson.cs";
    private const string Change = "Functions/Application/Finance/ChangeControls.cs";
    private const string Check = "Functions/Domain/Audit/AuditCheck.cs";
    private const string Comparison = "Functions/Domain/Certificates/Comparison.cs";
    private const string Certify = "Functions/Application/Certifying/CertifyClear.cs";
    private const string Clear = "Functions/Application/Finance/ClearBacklog.cs";
    private const string Watermarks = "Functions/Domain/Certificates/Watermarks.cs";
    private const string Previews = "Functions/Domain/Previews/PreviewTally.cs";
    private const string Feeds = "Functions/Domain/CityControls/StaleFeeds.cs";
    private const string Agree = "Functions/Application/Importing/AgreeImport.cs";
    private const string Order = "Functions/Application/Ports/Files/IImportStore.cs";
    private const string Refund = "Functions/Application/Finance/GiveRefund.cs";

    public static IEnumerable<Mutant> All =>
        [
            new(
                "Who asked for the end of a halt approves it",
                SecondPerson,
                "if (approval.IsPreparedBy(authority))",
                "if (approval.Id.Length == 0)",
                "SecondPersonTests"
            ),
            new(
                "Who asked on the command line is another person",
                "Functions/Domain/CityControls/Approval.cs",
                "|| IsPreparedBy(Authority.OnCommandLine(person.By))",
                "",
                "OperatorVerbsTests"
            ),
            new(
                "Tables are emptied while debits are charged",
                "Functions/Application/Backups/EmptyBooks.cs",
                "Controls.IsHalted)",
                "Controls.IsHalted && backup.Length == 0)",
                "OperatorVerbsTests"
            ),
            new(
                "Copies are written over",
                "Functions/Storage/Backups/BlobBackupCopies.cs",
                "Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },",
                "",
                "SecondAccountTests"
            ),
            new(
                "A copy comes in blocks",
                "Functions/Storage/Backups/BlobBackupCopies.cs",
                "InitialTransferSize = MostInOnePut,",
                "InitialTransferSize = 1,",
                "SecondAccountTests"
            ),
            new(
                "A restore from copies has the controls of the night",
                "Functions/Storage/Backups/BlobBackupStore.cs",
                "newer is null ? json :",
                "newer is not null ? json :",
                "SecondAccountTests"
            ),
            new(
                "The same person in other letters is another one",
                "Functions/Domain/CityControls/Approval.cs",
                "string.Equals(one, other, StringComparison.OrdinalIgnoreCase);",
                "string.Equals(one, other, StringComparison.Ordinal);",
                "SecondPersonTests"
            ),
            new(
                "Any text is approved",
                SecondPerson,
                "if (approval.Hash != given.Hash || approval.Shown != controls.Show(approval.Act))",
                "if (approval.Shown != controls.Show(approval.Act))",
                "SecondPersonTests"
            ),
            new(
                "What has changed since is approved",
                SecondPerson,
                "if (approval.Hash != given.Hash || approval.Shown != controls.Show(approval.Act))",
                "if (approval.Hash != given.Hash)",
                "SecondPersonTests"
            ),
            new(
                "An approval can be given for ever",
                "Functions/Domain/CityControls/Approval.cs",
                "=> now > ExpiresAt;",
                "=> now > ExpiresAt.AddYears(1);",
                "SecondPersonTests"
            ),
            new(
                "What was rejected can still be approved",
                SecondPerson,
                "if (approval.Decided is { } decided)",
                "if (!approval.IsRejected && approval.Decided is { } decided)",
                "SecondPersonTests"
            ),
            new(
                "An approved refund is forgotten when it is a day old",
                SecondPerson,
                "approval.IsToDo || !approval.IsExpired(now)",
                "!approval.IsExpired(now)",
                "AgreedRefundTests"
            ),
            new(
                "A rejected refund is given",
                "Functions/Domain/CityControls/Approval.cs",
                "Decided is not null && !IsRejected && Outcome is null",
                "Decided is not null && Outcome is null",
                "AgreedRefundTests"
            ),
            new(
                "Each refund has the limit for itself",
                Refund,
                "agreed.Sum > limit",
                "agreed.Amount > limit",
                "RefundApprovalHttpTests"
            ),
            new(
                "Two refunds that pass each other by are over the limit",
                "Functions/Domain/Deciding/Payments/Refunding.cs",
                "        RefuseWhatTakesTwo(debit, command);",
                "",
                "AgreedRefundTests"
            ),
            new(
                "A refund that has changed since is approved",
                "Functions/Application/Finance/DecideApproval.cs",
                "await accounts.RefuseChangedAsync(given.Id, cancel);",
                "",
                "RefundApprovalHttpTests"
            ),
            new(
                "What a dead run has approved is never given back",
                "Functions/Application/Evaluating/RunSweep.cs",
                "await agreed.FinishAsync(cancel);",
                "_ = agreed;",
                "RefundApprovalHttpTests"
            ),
            new(
                "The same wish asks for two approvals",
                Refund,
                "it.Act == agreed",
                "it.Id == agreed.RequestId",
                "RefundApprovalHttpTests"
            ),
            new(
                "A file that changes too many accounts is applied",
                Agree,
                "all.InADay > most",
                "all.InADay > most + 1",
                "AgreeImportTests"
            ),
            new(
                "New enrolments count as changes",
                "Functions/Domain/CityControls/MethodChanges.cs",
                "if (!before.CanBeCharged)",
                "if (before.Cycle.Value == 0)",
                "AgreeImportTests"
            ),
            new(
                "Caps do not count",
                "Functions/Domain/CityControls/MethodChanges.cs",
                "One(before.MaxDebit != after.MaxDebit)",
                "0",
                "AgreeImportTests"
            ),
            new(
                "Bills pass an accounts file that waits",
                Order,
                "import.Kind.FileFormat.Brings == ImportedItem.Payment",
                "import.Kind.FileFormat.Brings != ImportedItem.Account",
                "AgreeImportTests"
            ),
            new(
                "Payments wait behind an accounts file",
                Order,
                "(!isHeld || import.Kind.FileFormat.Brings == ImportedItem.Payment)",
                "!isHeld",
                "AgreeImportTests"
            ),
            new(
                "A rejected file waits for ever",
                "Functions/Application/Finance/DecideApproval.cs",
                "await imports.RejectAsync(id, cancel);",
                "",
                "AgreeImportTests"
            ),
            new(
                "The file that was set aside is approved",
                "Functions/Application/Finance/DecideApproval.cs",
                "await imports.RefuseChangedAsync(given.Id, cancel);",
                "",
                "AgreeImportTests"
            ),
            new(
                "An old yes is one to the file when it comes again",
                "Functions/Application/Importing/ImportCounts.cs",
                "            AgreedBy = null,",
                "",
                "AgreeImportTests"
            ),
            new(
                "A request that nobody answered is never asked anew",
                Agree,
                "(it.Decided is not null || !it.IsExpired(now))",
                "it.Id.Length > 0",
                "AgreeImportTests"
            ),
            new(
                "A row of the audit does not know the one before",
                "Functions/Domain/Audit/AuditChain.cs",
                "[ previous, number.ToString",
                "[ Genesis, number.ToString",
                "AuditChainTests"
            ),
            new(
                "Nobody asks the anchors",
                Check,
                "foreach (var anchor in open.OrderBy(anchor => anchor.Number))",
                "foreach (var anchor in open.OrderBy(anchor => anchor.Number).Take(0))",
                "AuditTrailTests"
            ),
            new(
                "A record whose end was cut off stands",
                Check,
                "if (head.Number != Rows || (Rows > 0 && head.Hash != previous))",
                "if (head.Number < Rows)",
                "AuditTrailTests"
            ),
            new(
                "Every anchor is excused by any restore",
                Check,
                "restore.Number <= anchor.Number && anchor.At <= restore.At",
                "restore.Number <= anchor.Number",
                "AuditChainTests"
            ),
            new(
                "Totals differ by cents alone",
                "Functions/Domain/Certificates/Certificate.cs",
                "(CountedCount, Counted) == (EnteredCount, Entered)",
                "Counted == Entered",
                "ComparisonTests"
            ),
            new(
                "What was reversed counts as entered",
                "Functions/Domain/Certificates/ControlTotal.cs",
                "public Money Net => Amount - Reversed;",
                "public Money Net => Amount;",
                "ComparisonTests"
            ),
            new(
                "What nobody counted is no difference",
                Comparison,
                "                .Take(1)",
                "                .Take(0)",
                "ComparisonTests"
            ),
            new(
                "Another cycle's total does not count what it counts",
                Comparison,
                "return all is null && own is null",
                "return all is null && (own is null || own.Cycle != cycle)",
                "ComparisonTests"
            ),
            new(
                "A cycle is cleared whatever its totals say",
                Certify,
                "            RefuseDiffering(compared.Certificate, differences);",
                "",
                "CertifiedClearTests"
            ),
            new(
                "Totals are not looked at again when a clear takes effect",
                Certify,
                "var isBorneOut = certificate.IsBorneOut ||",
                "var isBorneOut = certificate.Differences.Count >= 0 ||",
                "CertifiedClearTests"
            ),
            new(
                "An override of one certificate is one of any",
                Certify,
                "certificate.Hash == clearing.Override?.Certificate",
                "clearing.Override is not null",
                "OverrideTests"
            ),
            new(
                "A certificate that has changed since is approved",
                "Functions/Application/Certifying/OverrideCertificate.cs",
                "if (now.Hash != differences.Certificate)",
                "if (now.Hash.Length == 0)",
                "OverrideTests"
            ),
            new(
                "A withdrawn hold asks no certificate",
                "Functions/Application/Finance/WithdrawDeferral.cs",
                "is { } deferral)",
                "is { IsInForce: false } deferral)",
                "CertificateStepTests"
            ),
            new(
                "Watermarks are believed while files wait",
                Clear,
                "await certify.RefuseContradictedAsync(cleared, cancel);",
                "",
                "CertifiedClearTests"
            ),
            new(
                "A count of a later day contradicts nothing",
                Watermarks,
                "last.Key.ReceivedOn > through",
                "last.Key.ReceivedOn > through.AddDays(1)",
                "CertificateTests"
            ),
            new(
                "A channel need not be named",
                Watermarks,
                "!receivedThrough.TryGetValue(channel.Key, out var through)",
                "!receivedThrough.TryGetValue(channel.Key, out var through) && receivedThrough.Count == 0",
                "CertificateTests"
            ),
            new(
                "The act does not name its certificate",
                Clear,
                "                    Certificate = act.Key.Hash,",
                "                    Certificate = null,",
                "CertifiedClearTests"
            ),
            new(
                "A drawer's name can be another line of the certificate",
                "Functions/Domain/Certificates/Certificate.cs",
                "{Sized(line.Key.Drawer)} {line.Key.Cycle?.Value ?? 0} ",
                "{line.Key.Cycle?.Value ?? 0} ",
                "CertificateTests"
            ),
            new(
                "A feed that stands still holds nothing",
                "Functions/Application/Finance/HoldStaleFeed.cs",
                "feeds.Where(feed => feed.IsStaleOn(today))",
                "feeds.Where(feed => !feed.IsStaleOn(today))",
                "StaleFeedTests"
            ),
            new(
                "What a person has released is held again the next day",
                Feeds,
                "feed.IsStaleOn(DayOf(hold))",
                "!feed.IsStaleOn(DayOf(hold))",
                "StaleFeedTests"
            ),
            new(
                "A payments file keeps the bills fresh",
                "Functions/Application/Finance/HoldStaleFeed.cs",
                "arrivals.Where(arrival => arrival.Kind == it.Kind)",
                "arrivals.Where(arrival => arrival.Kind is ImportKind.Bills or ImportKind.Payments)",
                "StaleFeedTests"
            ),
            new(
                "The outage of one kind of file spares that of another",
                Feeds,
                "stale.Any(feed => !earlier.Exists(",
                "stale.All(feed => !earlier.Exists(",
                "StaleFeedTests"
            ),
            new(
                "A stale feed holds what is due tomorrow",
                Feeds,
                "(debit.RetryOn ?? debit.DueDate) <= day",
                "(debit.RetryOn ?? debit.DueDate) <= day.AddDays(1)",
                "StaleFeedTests"
            ),
            new(
                "The name beside an act can be altered unseen",
                "Functions/Domain/Audit/AuditChain.cs",
                ".. Given(\"name\", authority.Name),",
                "",
                "AuditTrailTests"
            ),
            new(
                "A change is made although another version was seen",
                Change,
                "if (expected is { } seen && seen != version)",
                "if (expected is { } seen && seen > version)",
                "GroundHttpTests"
            ),
            new(
                "Any wish passes for the one that has the operation's id",
                Change,
                "return done.Operation == operation",
                "return done.Operation.Id == operation.Id",
                "GroundHttpTests"
            ),
            new(
                "The same operation is done again",
                Change,
                "if (await IsDoneAsync(request.Operation, cancel))",
                "if (await IsDoneAsync(null, cancel))",
                "GroundHttpTests"
            ),
            new(
                "Another person's page token is taken",
                "Functions/Hosting/PageTokens.cs",
                "HttpJson.CallerOf(request).Who, request.Path",
                "\"\", request.Path",
                "ListsHttpTests"
            ),
            new(
                "A fresh count takes what was kept",
                "Functions/Application/Finance/CountCycles.cs",
                "var kept = isFresh ? [] : (await",
                "var kept = (await",
                "CycleCostTests"
            ),
            new(
                "What was counted long ago is called counted now",
                "Functions/Application/Finance/CountCycles.cs",
                "kept.Count == 0, tally.Cycles",
                "true, tally.Cycles",
                "CycleCostTests"
            ),
            new(
                "The sums of one bucket write over those of another",
                "Functions/Domain/Sums/SumTally.cs",
                "cycle.Accounts += sum.Accounts;",
                "cycle.Accounts = sum.Accounts;",
                "SumTallyTests"
            ),
            new(
                "What is with the bank counts as what a hold reaches",
                Previews,
                "inFlight += new DebitCount(1, debit.Living.Amount.Cents);",
                "moved += new DebitCount(1, debit.Living.Amount.Cents);",
                "PreviewTallyTests"
            ),
            new(
                "What is held already counts as held by this",
                Previews,
                "if (from.State != to.State)",
                "if (from.State != to.State || from.State == DebitState.Deferred)",
                "PreviewTallyTests"
            ),
            new(
                "A preview lets a debit leave that waits for a release",
                "Functions/Domain/Previews/Departure.cs",
                "&& Releasing.WhyNot(ledger, debit, controls) is null",
                "",
                "PreviewTallyTests"
            ),
            new(
                "What stays merged counts as let loose",
                "Functions/Domain/Previews/DayCover.cs",
                "DebitState.Merged => Merged && !next.Merged,",
                "DebitState.Merged => Merged,",
                "DayCoverTests"
            ),
            new(
                "A preview from kept sums is called exact",
                "Functions/Application/Finance/LookAtCity.cs",
                "Append(asOf).Min(), kept.Count > 0",
                "Append(asOf).Min(), false",
                "CycleCostTests"
            ),
            new(
                "A night that finds the record altered tells nobody",
                "Functions/Application/Auditing/WatchAudit.cs",
                "report.Broken is { } broken",
                "report.Broken is { Number: < 0 } broken",
                "AuditTrailTests"
            ),
            new(
                "A later amount of an event takes the place of the first",
                "Functions/Application/Ledgers/EventFacts.cs",
                "Cents = Cents ?? cents.Cents",
                "Cents = cents.Cents",
                "EventFactsTests"
            ),
            new(
                "A story shows months that nobody asked for",
                "Functions/Application/Ledgers/StoryMonths.cs",
                "&& month <= (To ?? month);",
                ";",
                "StoryHttpTests"
            ),
        ];
}
