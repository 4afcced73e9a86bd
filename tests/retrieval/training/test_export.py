"""The shipped graph computes what was trained."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np
import onnx
import onnxruntime
import torch
from tokenizers import Tokenizer
from tokenizers.models import WordLevel

from index.models.quantise import quantise
from retrieval.training.export import OUTPUTS, average, load, ship, write_graph
from retrieval.training.loop import Plan, Trainer
from retrieval.training.network import ReaderNetwork, Shape

if TYPE_CHECKING:
    from pathlib import Path

SMALL = Shape(vocabulary=50, positions=16, width=16, inner=32, heads=2, layers=1)


def outputs(path: Path, ids: torch.Tensor) -> list[np.ndarray]:
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    ones = np.ones_like(ids.numpy())
    feed = {"input_ids": ids.numpy(), "attention_mask": ones, "token_type_ids": ones * 0}
    made: list[np.ndarray] = session.run(list(OUTPUTS), feed)
    return made


def test_the_graph_agrees_with_the_network_at_any_batch_and_length(tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = ReaderNetwork(SMALL).eval()
    write_graph(network, tmp_path / "float.onnx")
    quantise(tmp_path / "float.onnx", tmp_path / "int8.onnx")
    for shape in ((1, 5), (3, 9)):
        ids = torch.randint(0, 50, shape)
        wanted = network(ids, torch.ones_like(ids), torch.zeros_like(ids))
        exact = outputs(tmp_path / "float.onnx", ids)
        packed = outputs(tmp_path / "int8.onnx", ids)
        for want, same, near in zip(wanted, exact, packed, strict=True):
            np.testing.assert_allclose(same, want.detach().numpy(), atol=1e-5)
            np.testing.assert_allclose(near, want.detach().numpy(), atol=0.05)


def test_word_vectors_and_matrices_are_one_byte_each(
    tmp_path: Path,
) -> None:
    write_graph(ReaderNetwork(SMALL).eval(), tmp_path / "float.onnx")
    quantise(tmp_path / "float.onnx", tmp_path / "int8.onnx")
    graph = onnx.load(tmp_path / "int8.onnx").graph
    tables = {node.name: node for node in graph.initializer if len(node.dims) == 2}
    assert len(tables) >= 8
    bytes_wide = {onnx.TensorProto.INT8, onnx.TensorProto.UINT8}
    assert {node.data_type for node in tables.values()} <= bytes_wide


def test_the_relevance_head_is_left_out(tmp_path: Path) -> None:
    write_graph(ReaderNetwork(SMALL).eval(), tmp_path / "float.onnx")
    graph = onnx.load(tmp_path / "float.onnx").graph
    assert [output.name for output in graph.output] == list(OUTPUTS)
    assert not [node.name for node in graph.initializer if "relevance" in node.name]


def test_the_average_of_checkpoints_is_the_mean_of_their_averages(tmp_path: Path) -> None:
    runs = []
    for seed in (1, 2):
        torch.manual_seed(seed)
        runs.append(Trainer(ReaderNetwork(SMALL), Plan(steps=1, threads=1)))
        runs[-1].save(tmp_path / f"{seed}.pt")
    weights = average([tmp_path / "1.pt", tmp_path / "2.pt"])
    torch.manual_seed(3)
    network = load(ReaderNetwork(SMALL), weights)
    for name, first, second in zip(runs[0].names, runs[0].averages, runs[1].averages, strict=True):
        assert torch.allclose(network.get_parameter(name), (first + second) / 2)


def test_the_card_names_the_digests_of_the_files_beside_it(tmp_path: Path) -> None:
    tokenizer = Tokenizer(WordLevel({"[UNK]": 0}, unk_token="[UNK]"))  # noqa: S106  -- no password
    tokenizer.enable_truncation(128)
    tokenizer.enable_padding(length=128)
    tokenizer.save(str(tmp_path / "source.json"))
    (tmp_path / "graph").write_bytes(b"a graph")
    ship(tmp_path / "graph", tmp_path / "source.json", tmp_path / "model")
    card = json.loads((tmp_path / "model" / "reader.json").read_text())
    assert sorted(path.name for path in (tmp_path / "model").iterdir()) == [
        "reader.json",
        "reader.onnx",
        "tokenizer.json",
    ]
    for name, digest in card["files"].items():
        assert sha256((tmp_path / "model" / name).read_bytes()).hexdigest() == digest
    shipped = Tokenizer.from_file(str(tmp_path / "model" / "tokenizer.json"))
    assert (shipped.truncation, shipped.padding) == (None, None)
