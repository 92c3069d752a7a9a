import htm from 'htm';
import { h, type VNode } from 'preact';

/**
 * Describes elements in a template string. Values are text or elements, never markup: preact makes nodes of them,
 * so nothing a server or a person wrote is ever parsed as HTML.
 */
export const html = htm.bind(h) as (strings: TemplateStringsArray, ...values: readonly unknown[]) => VNode;
