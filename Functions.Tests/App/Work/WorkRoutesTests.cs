using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Autopay.Application.Work;
using Autopay.Triggers.Engine;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Tests.App.Work;

/// <summary>Every kind has ways out, and each of them is a route that there is.</summary>
public sealed class WorkRoutesTests
{
    private static readonly AccountId Account = new("10-1");

    private static readonly List<(string Method, string Route)> Routes =
    [
        .. typeof(SweepFunction)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>())
            .OfType<HttpTriggerAttribute>()
            .SelectMany(trigger => trigger.Methods!.Select(method => (method.ToUpperInvariant(), trigger.Route!))),
    ];

    public static TheoryData<WorkKind> Kinds => [.. Enum.GetValues<WorkKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_listed_has_ways_out_and_each_is_a_route_with_a_body_of_json(WorkKind kind)
    {
        var ways = WorkRoutes.Of(ItemOf(kind), MergedCity());

        Assert.NotEmpty(ways);
        Assert.All(
            ways,
            way => Assert.Single(Routes, route => route.Method == way.Method && Fits(route.Route, way.Path))
        );
        Assert.DoesNotContain(
            ways.Select(way => way.Body).OfType<string>(),
            body => JsonDocument.Parse(body).RootElement.ValueKind != JsonValueKind.Object
        );
    }

    [Fact]
    public void A_bill_of_a_suspended_account_also_needs_the_suspension_lifted_and_one_of_an_import_can_go_with_it()
    {
        var plain = ItemOf(WorkKind.Blocked);

        Assert.Equal(["rearm", "skip"], Verbs(plain));
        Assert.Equal(
            ["rearm", "rearm", "skip", "suspension"],
            Verbs(plain with { Import = "bills-1", IsSuspended = true })
        );
        Assert.Equal(
            "/api/imports/bills-1/rearm",
            WorkRoutes.Of(plain with { Import = "bills-1" }, new Controls())[1].Path
        );
    }

    [Fact]
    public void R46_what_our_books_lack_of_a_previous_balance_can_be_accepted_and_nothing_else()
    {
        var item = ItemOf(WorkKind.Warning);

        Assert.Equal(["dismiss"], Verbs(item));
        var ways = WorkRoutes.Of(item with { Lacking = new Money(700) }, new Controls());
        Assert.Equal(
            ("/api/accounts/10-1/bills/B1/accept-previous", """{"amountCents":700,"reason":"WHY"}"""),
            (ways[1].Path, ways[1].Body)
        );
        Assert.Single(Routes, route => route.Method == "POST" && Fits(route.Route, ways[1].Path));
    }

    [Fact]
    public void R38_only_a_merge_that_covers_the_bill_can_be_left()
    {
        var item = ItemOf(WorkKind.NoNextBill);

        Assert.Equal("/api/accounts/10-1/bills/B1/exemptions/storm", WorkRoutes.Of(item, MergedCity())[0].Path);
        Assert.Equal(
            ["skip"],
            WorkRoutes
                .Of(item with { DueDate = new DateOnly(2020, 3, 1) }, MergedCity())
                .Select(way => way.Path.Split('/')[^1])
        );
        Assert.Equal(
            ["skip"],
            WorkRoutes
                .Of(item with { Cycles = [new CycleNumber(9)] }, MergedCity())
                .Select(way => way.Path.Split('/')[^1])
        );
    }

    [Fact]
    public void A_late_clear_is_cleared_cycle_by_cycle_or_withdrawn() =>
        Assert.Equal(
            ["/api/cycles/1/backlog", "/api/cycles/2/backlog", "/api/deferrals/storm?reason=WHY"],
            WorkRoutes
                .Of(
                    ItemOf(WorkKind.LateClear) with
                    {
                        Cycles = [new CycleNumber(1), new CycleNumber(2)],
                    },
                    new Controls()
                )
                .Select(way => way.Path)
        );

    private static IEnumerable<string> Verbs(WorkItem item) =>
        WorkRoutes.Of(item, new Controls()).Select(way => way.Path.Split('/')[^1]);

    private static bool Fits(string route, string path) =>
        Regex.IsMatch(
            path.Split('?')[0],
            $"^/{Regex.Replace(route, "{[^}]+}", "[^/]+")}$",
            RegexOptions.CultureInvariant
        );

    private static WorkItem ItemOf(WorkKind kind) =>
        new(kind, "it-1", new Money(100), "because", new DateOnly(2020, 1, 22))
        {
            Account = Account,
            Bill = new BillId("B1"),
            Debit = new DebitId(Account, 1, 1),
            Payment = new PaymentId("P1"),
            Deferral = new DeferralId("storm"),
            Import = kind == WorkKind.Clearing ? "bills-1" : null,
            DueDate = new DateOnly(2020, 1, 22),
            Cycles = [new CycleNumber(1)],
            IsSuspended = kind == WorkKind.Suspended,
        };

    private static Controls MergedCity() =>
        new()
        {
            Deferrals =
            [
                new Deferral
                {
                    Id = new DeferralId("storm"),
                    Cycles = [new CycleNumber(1)],
                    DueFrom = new DateOnly(2020, 1, 1),
                    DueTo = new DateOnly(2020, 2, 1),
                    Action = DeferralAction.Merge,
                    Reason = "no bills were mailed",
                },
            ],
        };
}
