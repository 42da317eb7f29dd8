from onepublic.core.charts import share_map


def test_shares_are_percent_to_a_tenth() -> None:
    chart = share_map([("13", 2, 3), ("14", 1, 1), ("27", 0, 40)])

    assert chart
    texts = {tile.code: tile.full_text for tile in chart.map.tiles if tile.step}
    assert texts == {"13": "66.7%", "14": "100.0%", "27": "0.0%"}
    assert chart.summary == "最も高いのは神奈川（100.0%）、最も低いのは大阪（0.0%）です。"


def test_organizations_in_no_prefecture_and_wholes_of_nothing_have_no_tile() -> None:
    chart = share_map([("", 8, 8), ("01", 1, 2), ("02", 1, 2), ("03", 0, 0)])

    assert chart
    assert [tile.code for tile in chart.map.tiles if tile.step] == ["01", "02"]
    assert chart.summary == "どの都道府県も50.0%です。"


def test_one_prefecture_alone_has_no_map() -> None:
    assert share_map([("", 8, 8), ("14", 20, 34)]) is None
