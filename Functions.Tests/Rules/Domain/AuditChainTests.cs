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

    [Theory]
    [InlineData("ab", "c", "a", "bc")]
    [InlineData("a\0\0\0\0b", "c", "a", "b\0\0\0\0c")]
    public void Words_that_move_from_one_field_to_the_next_give_another_hash(
        string by,
        string why,
        string otherBy,
        string otherWhy
    ) =>
        Assert.NotEqual(
            AuditChain.HashOf(AuditChain.Genesis, 1, new Authority(by, why, At), "d"),
            AuditChain.HashOf(AuditChain.Genesis, 1, new Authority(otherBy, otherWhy, At), "d")
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
        var check = new AuditCheck(anchors, [Kept(rows[2])]);
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

        var check = new AuditCheck(
            [new AuditAnchor(new DateOnly(2020, 1, 21), 2, "of the lost books", At.AddSeconds(8))],
            [.. rows.Where(row => row.What == "restore").Select(Kept)]
        );
        rows.ForEach(row => check.Add(row, row.What == "restore"));
        check.End((4, rows[^1].Hash));

        Assert.Equal((1, null), (check.AnchorsReplaced, check.Broken));
    }

    [Fact]
    public void An_anchor_that_is_younger_than_the_restore_is_not_excused()
    {
        var rows = Chain(["a", "restore"]).ToList();
        var check = new AuditCheck(
            [new AuditAnchor(new DateOnly(2020, 1, 22), 3, "gone", At.AddDays(1))],
            [Kept(rows[1])]
        );
        foreach (var row in rows)
        {
            check.Add(row, row.What == "restore");
        }

        check.End((2, rows[1].Hash));

        Assert.Equal(3, check.Broken?.Number);
    }

    [Fact]
    public void An_anchor_of_a_row_that_the_backup_had_too_is_not_excused_by_the_restore()
    {
        var restored = new Authority("operator", "the tables are lost", At.AddDays(1));
        var kept = Chain(["a", "b"]).ToList();
        var hash = AuditChain.HashOf(kept[1].Hash, 3, restored, "restore");
        var check = new AuditCheck(
            [new AuditAnchor(new DateOnly(2020, 1, 21), 2, "what row 2 was", At)],
            [new RestoreAnchor(3, hash, restored.At)]
        );
        kept.ForEach(row => check.Add(row, isRestore: false));
        check.Add(new AuditRow(3, restored, "restore", hash), isRestore: true);

        check.End((3, hash));

        Assert.Equal((2, 0), (check.Broken?.Number, check.AnchorsReplaced));
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(2, "another row of that number")]
    [InlineData(1, null)]
    public void A_row_that_poses_as_a_restore_excuses_no_anchor(int number, string? hash)
    {
        var rows = Chain(["a", "restore"]).ToList();
        List<RestoreAnchor> kept =
            hash is null && number == 2 ? [] : [new(number, hash ?? rows[1].Hash, At.AddDays(1))];
        var check = new AuditCheck([new AuditAnchor(new DateOnly(2020, 1, 21), 2, "what row 2 was", At)], kept);
        rows.ForEach(row => check.Add(row, row.What == "restore"));

        check.End((2, rows[1].Hash));

        Assert.Equal((2, 0), (check.Broken?.Number, check.AnchorsReplaced));
    }

    [Fact]
    public void Without_a_restore_no_anchor_is_excused()
    {
        var rows = Chain(["a"]).ToList();
        var check = new AuditCheck([new AuditAnchor(new DateOnly(2020, 1, 21), 2, "a row that was cut off", At)], []);
        rows.ForEach(row => check.Add(row, isRestore: false));

        check.End((1, rows[0].Hash));

        Assert.Equal(2, check.Broken?.Number);
    }

    [Fact]
    public void The_controls_that_name_another_last_row_are_not_what_was_written()
    {
        var rows = Chain(["a", "b"]).ToList();

        Assert.Equal(3, Check(rows, 2, "another").Broken?.Number);
        Assert.Equal(3, Check(rows, 3, rows[1].Hash).Broken?.Number);
        Assert.Equal(2, Check(rows, 1, rows[1].Hash).Broken?.Number);
    }

    [Fact]
    public void Of_several_rows_that_are_wrong_the_first_is_named()
    {
        var rows = Chain(["a", "b", "c", "d"]).ToList();
        rows[1] = rows[1] with { What = "x" };
        rows[3] = rows[3] with { What = "y" };
        Assert.Equal(2, Check(rows, 4).Broken?.Number);
    }

    [Fact]
    public void A_row_that_is_missing_is_the_one_that_is_named()
    {
        var rows = Chain(["a", "b", "c", "d"]).ToList();
        rows.RemoveAt(1);
        Assert.Equal(2, Check(rows, 4).Broken?.Number);
    }

    [Fact]
    public void Where_nobody_ever_acted_nothing_is_broken()
    {
        var check = new AuditCheck([], []);

        check.End((0, ""));

        Assert.Null(check.Broken);
    }

    private static RestoreAnchor Kept(AuditRow row) => new(row.Number, row.Hash, row.Authority.At);

    private static AuditCheck Check(List<AuditRow> rows, long head) => Check(rows, head, rows[^1].Hash);

    private static AuditCheck Check(List<AuditRow> rows, long head, string hash)
    {
        var check = new AuditCheck([], []);
        rows.ForEach(row => check.Add(row, isRestore: false));
        check.End((head, hash));
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
