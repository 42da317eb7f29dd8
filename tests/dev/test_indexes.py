from onepublic.dev.indexes import uv_environment

ANY_INDEX = {"UV_INDEX_STRATEGY": "unsafe-best-match"}


def test_nothing_configured_leaves_uv_its_own_index() -> None:
    assert uv_environment("") == ANY_INDEX


def test_every_place_where_pip_looks_reaches_uv() -> None:
    configuration = "\n".join(
        [
            "global.index-url='https://mirror.example/simple'",
            "global.extra-index-url='file:///a/simple\\nfile:///b/simple'".replace("\\n", " "),
            "install.find-links='/wheels'",
            "global.timeout='60'",
        ]
    )

    assert uv_environment(configuration) == {
        **ANY_INDEX,
        "UV_DEFAULT_INDEX": "https://mirror.example/simple",
        "UV_INDEX": "file:///a/simple file:///b/simple",
        "UV_FIND_LINKS": "/wheels",
    }


def test_an_environment_variable_wins_over_a_file() -> None:
    configuration = "\n".join(
        [
            ":env:.index-url='https://from.environment/simple'",
            "global.index-url='https://from.file/simple'",
        ]
    )

    assert uv_environment(configuration) == {
        **ANY_INDEX,
        "UV_DEFAULT_INDEX": "https://from.environment/simple",
    }
