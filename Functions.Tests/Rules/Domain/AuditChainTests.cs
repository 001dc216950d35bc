using CsCheck;

namespace Autopay.Tests.Rules.Domain;

/// <summary>The chain by itself, on any record and any alteration of it.</summary>
public sealed class AuditChainTests
{
    private static readonly DateTimeOffset At = new(2020, 1, 21, 18, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string[]> Whats = Gen.String[Gen.Char.AlphaNumeric, 0, 8].Array[1, 12];

    [Fact]
    public void Whatever_is_written_stands() =>
        Whats.Sample(whats => Assert.Null(Check([.. Chain(whats)], whats.Length).Broken));

    [Fact]
    public void Whichever_one_row_is_altered_is_the_one_that_is_named() =>
        Gen.Select(Whats, Gen.Int[0, 11])
            .Sample(
                (whats, at) =>
                {
                    var rows = Chain(whats).ToList();
                    var altered = at % rows.Count;
                    rows[altered] = rows[altered] with { What = rows[altered].What + "!" };
                    Assert.Equal(altered + 1, Check(rows, rows.Count).Broken?.Number);
                }
            );

    [Fact]
    public void Words_that_move_from_one_field_to_the_next_give_another_hash() =>
        Assert.NotEqual(
            AuditChain.HashOf(AuditChain.Genesis, 1, new Authority("ab", "c", At), "d"),
            AuditChain.HashOf(AuditChain.Genesis, 1, new Authority("a", "bc", At), "d")
        );

    [Fact]
    public void A_row_without_name_role_and_operation_keeps_the_hash_that_it_had_before_there_were_any() =>
        Assert.Equal(
            "f8c742885330603ba0ea8009f14a843c2f4cb15668c01be61882307ecce9ee4f",
            AuditChain.HashOf(AuditChain.Genesis, 1, new Authority("finance", "because", At), "halted")
        );

    [Fact]
    public void Each_of_name_role_and_operation_gives_another_hash_and_none_passes_for_another()
    {
        var plain = new Authority("finance", "because", At);
        string[] hashes =
        [
            .. new[] { plain, plain with { Name = "x" }, plain with { Role = "x" }, plain with { Name = "" } }.Select(
                it => AuditChain.HashOf(AuditChain.Genesis, 1, it, "halted")
            ),
            AuditChain.HashOf(AuditChain.Genesis, 1, plain, "halted", "x"),
        ];

        Assert.Equal(5, hashes.Distinct().Count());
    }

    [Fact]
    public void The_same_act_after_another_one_has_another_hash() =>
        Assert.NotEqual(
            AuditChain.HashOf(AuditChain.Genesis, 2, new Authority("a", "b", At), "c"),
            AuditChain.HashOf(new string('1', 64), 2, new Authority("a", "b", At), "c")
        );

    [Fact]
    public void Anchors_of_what_a_restore_replaced_are_counted_and_break_nothing()
    {
        var rows = Chain(["a", "b", "restore", "c"]).ToList();
        AuditAnchor[] anchors =
        [
            new(new DateOnly(2020, 1, 20), 2, rows[1].Hash, At.AddDays(-1)),
            new(new DateOnly(2020, 1, 21), 7, "of the lost books", At.AddSeconds(-1)),
        ];
        var check = new AuditCheck(anchors);
        foreach (var row in rows)
        {
            check.Add(row, row.What == "restore");
        }

        check.End((4, rows[3].Hash));

        Assert.Equal((1, 1, null), (check.AnchorsMet, check.AnchorsReplaced, check.Broken));
    }

    [Fact]
    public void A_restore_of_several_acts_replaces_the_anchor_of_its_first_one_too()
    {
        List<AuditRow> rows = [];
        foreach (var (what, second) in new[] { ("a", 0), ("halted", 9), ("demanded", 9), ("restore", 9) })
        {
            var authority = new Authority("operator", "the tables are lost", At.AddSeconds(second));
            var hash = AuditChain.HashOf(
                rows.LastOrDefault()?.Hash ?? AuditChain.Genesis,
                rows.Count + 1,
                authority,
                what
            );
            rows.Add(new AuditRow(rows.Count + 1, authority, what, hash));
        }

        var check = new AuditCheck([
            new AuditAnchor(new DateOnly(2020, 1, 21), 2, "of the lost books", At.AddSeconds(8)),
        ]);
        rows.ForEach(row => check.Add(row, row.What == "restore"));
        check.End((4, rows[^1].Hash));

        Assert.Equal((1, null), (check.AnchorsReplaced, check.Broken));
    }

    [Fact]
    public void An_anchor_that_is_younger_than_the_restore_is_not_excused()
    {
        var rows = Chain(["a", "restore"]).ToList();
        var check = new AuditCheck([new AuditAnchor(new DateOnly(2020, 1, 22), 3, "gone", At.AddDays(1))]);
        foreach (var row in rows)
        {
            check.Add(row, row.What == "restore");
        }

        check.End((2, rows[1].Hash));

        Assert.Equal(3, check.Broken?.Number);
    }

    private static AuditCheck Check(List<AuditRow> rows, long head)
    {
        var check = new AuditCheck([]);
        rows.ForEach(row => check.Add(row, isRestore: false));
        check.End((head, rows[^1].Hash));
        return check;
    }

    private static IEnumerable<AuditRow> Chain(string[] whats)
    {
        var previous = AuditChain.Genesis;
        for (var number = 1; number <= whats.Length; number++)
        {
            var authority = new Authority("finance", "because", At);
            previous = AuditChain.HashOf(previous, number, authority, whats[number - 1]);
            yield return new AuditRow(number, authority, whats[number - 1], previous);
        }
    }
}
