using Autopay.Tests.Fixtures;
using static Autopay.Tests.Fixtures.Refusing;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>The options of an upload: checked only, rows set aside, a complete file, problems as CSV.</summary>
[Collection(OneApp.Collection)]
public sealed class ImportOptionsTests(OneApp one)
{
    private const string BadRow = "P-Z,A-1,0.00,cash,W1,2020-01-20,";
    private readonly AppHost app = one.App;

    [Fact]
    public async Task A_dry_run_answers_with_the_totals_of_every_kind_and_stores_nothing()
    {
        var answers = await app.RefusesAsync(
            200,
            Import("payments", "check=only", Csv.Payments(("P-D", "A-1", "5.00"), ("P-E", "A-1", "0.07"))),
            Import(
                "bill-adjustments",
                "check=only",
                "adjustment_id,account_id,bill_id,amount,reason\nJ-1,A-1,B-1,-3.00,leak\nJ-2,A-1,B-1,1,misread\n"
            ),
            Import("payment-reversals", "check=only", "payment_id,account_id,reason\nP-1,A-1,bounced\n"),
            Import("payments", "check=only&badRows=setAside", $"{Csv.PaymentsHeader}\n{BadRow}\n"),
            Import("payments", "check=only", $"{Csv.PaymentsHeader}\n{BadRow}\n")
        );

        Assert.Equal((2, 507, 507, 0), Totals(answers[0]));
        Assert.Equal((2, -200, 100, -300), Totals(answers[1]));
        Assert.Equal(1, answers[2]["check"].GetProperty("payments").GetInt32());
        Assert.Equal(
            (1, "checked: the file is good; nothing was stored"),
            (Of(answers[3], "setAside"), answers[3]["message"].GetString())
        );
        Assert.Equal(
            (1, "checked: the file would be refused; nothing was stored."),
            (answers[4]["problemCount"].GetInt32(), answers[4]["message"].GetString())
        );
    }

    [Fact]
    public async Task An_option_that_is_not_there_or_not_for_this_kind_is_refused_in_words()
    {
        var good = Csv.Payments(("P-D", "A-1", "5.00"));
        var answers = await app.RefusesAsync(
            400,
            Import("payments", "check=yes", good),
            Import("payments", "badRows=drop", good),
            Import("payments", "complete=true", good),
            Import("accounts", "complete=1", good)
        );

        Assert.Equal(
            [
                "check: expected only.",
                "badRows: expected refuse or setAside.",
                "complete: only an accounts file can say that it names every account.",
                "complete: expected false or true.",
            ],
            answers.Select(answer => answer["detail"].GetString())
        );
    }

    [Fact]
    public async Task Problems_can_be_had_as_CSV_and_say_when_they_are_cut()
    {
        var rows = string.Concat(
            Enumerable.Range(1, 1_200).Select(number => $"P-{number},A-1,\"41,20\",cash,W1,2020-01-20,\n")
        );
        var answers = await app.RefusesAsync(
            400,
            Import("payments", "format=csv", $"{Csv.PaymentsHeader}\n{rows}"),
            Import("payments", "", $"{Csv.PaymentsHeader}\n{rows}")
        );

        var lines = answers[0].Text.TrimEnd().Split('\n');
        Assert.Equal(("text/csv", 1_002), (answers[0].MediaType, lines.Length));
        Assert.Equal("line,column,found,expected,advice", lines[0]);
        Assert.Equal(
            "2,amount,\"'41,20'\",\"dollars with two places, at most 9999999.99, such as 12.50\",Cents come after "
                + "a point: write 41.20.",
            lines[1]
        );
        Assert.Equal(",,,,There are 1200 problems; the first 1000 are listed.", lines[^1]);
        Assert.Equal(
            (1_200, 1_000, true),
            (
                answers[1]["problemCount"].GetInt32(),
                answers[1]["problems"].GetArrayLength(),
                answers[1]["problemsAreCut"].GetBoolean()
            )
        );
        Assert.EndsWith(
            "There are 1200 problems; the first 1000 are listed.",
            answers[1]["detail"].GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Another_content_type_is_told_what_to_send()
    {
        var request = Import("payments", "", Csv.Payments(("P-D", "A-1", "5.00")));
        request.Content!.Headers.ContentType = new("application/vnd.ms-excel");

        Assert.Contains(
            "send the header Content-Type: text/csv",
            (await app.RefusesAsync(415, request))[0].Text,
            StringComparison.Ordinal
        );
    }

    private static (int Rows, int Total, int Adds, int Takes) Totals(Answer answer) =>
        (Of(answer, "rows"), Of(answer, "totalCents"), Of(answer, "addsCents"), Of(answer, "takesCents"));

    private static int Of(Answer answer, string name) => answer["check"].GetProperty(name).GetInt32();

    private static HttpRequestMessage Import(string kind, string query, string content)
    {
        var request = File(kind, content);
        request.RequestUri = new Uri($"{request.RequestUri}&{query}", UriKind.Relative);
        return request;
    }
}
