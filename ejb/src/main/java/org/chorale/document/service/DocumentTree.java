package org.chorale.document.service;

import java.util.Optional;
import org.chorale.access.Tree;
import org.chorale.conflict.ConflictRecord;
import org.chorale.document.Document;
import org.chorale.document.Element;
import org.chorale.operation.ConflictId;
import org.chorale.operation.ElementId;

/** A document as rights are judged by it. */
record DocumentTree(Document document) implements Tree {
    @Override
    public boolean has(ElementId element) {
        return document.element(element).isPresent();
    }

    @Override
    public ElementId parentOf(ElementId element) {
        return element(element).parent();
    }

    @Override
    public String typeOf(ElementId element) {
        return element(element).type();
    }

    @Override
    public boolean isConstraint(ElementId element) {
        return element(element).isConstraint();
    }

    @Override
    public Optional<ConflictRecord> conflict(ConflictId id) {
        return document.conflict(id);
    }

    private Element element(ElementId id) {
        return document.element(id).orElseThrow();
    }
}
