import type { ApiModel, CloudModel, DeliveryStreamModel, FunctionModel, MappingModel } from '../model.ts';
import { type DeclaredRoute, IMPLICIT_API, readApi, readRoute } from './api.ts';
import { readDeliveryStream } from './delivery-stream.ts';
import { readFunction } from './function.ts';
import { GLOBAL_SECTIONS, withGlobals } from './globals.ts';
import { readMapping, SOURCES } from './mapping.ts';
import { Properties } from './properties.ts';
import { ACCOUNT_ID, type Attributes, type Scope } from './scope.ts';
import type { Resource, Template } from './template.ts';
import type { Warnings } from './warnings.ts';

const FUNCTION = 'AWS::Serverless::Function';
const API = 'AWS::Serverless::Api';
const DELIVERY_STREAM = 'AWS::KinesisFirehose::DeliveryStream';

/** The API of the events that name none. */
const IMPLICIT: Resource = {
  logicalId: IMPLICIT_API,
  type: API,
  properties: {},
  condition: undefined,
  dependsOn: [],
  attributes: [],
};

export interface ModelInput {
  readonly template: Template;
  readonly scope: Scope;
  /** Attributes of the resources that exist in the engines, by logical id. */
  readonly provisioned: ReadonlyMap<string, Attributes>;
  readonly warnings: Warnings;
}

/** Reads the functions, their events and the API; `scope` knows the attributes of every provisioned resource. */
export function buildModel(input: ModelInput): CloudModel {
  const { template, scope, provisioned, warnings } = input;
  const routes = new Map<string, DeclaredRoute[]>();
  const functions = new Map<string, FunctionModel>();
  const mappings: MappingModel[] = [];
  // Functions may refer to them.
  const deliveryStreams = readDeliveryStreams(input);
  for (const resource of template.resources.values()) {
    if (!scope.exists(resource)) continue;
    if (resource.type === FUNCTION) {
      const properties = open(resource, input);
      functions.set(resource.logicalId, readFunction(resource.logicalId, properties, template.folder));
      mappings.push(...readEvents(resource.logicalId, properties, routes, input));
      ignore(resource, properties, warnings);
    } else if (![API, DELIVERY_STREAM].includes(resource.type) && !provisioned.has(resource.logicalId)) {
      warnings.notRun(resource.type, resource.logicalId);
    }
  }
  const unknownGlobals = Object.keys(template.globals).filter((section) => !GLOBAL_SECTIONS.includes(section));
  warnings.ignored('Globals', unknownGlobals);
  const api = chooseApi(routes, input);
  return { functions, mappings, deliveryStreams, api, warnings: warnings.lines(), leftOut: warnings.leftOut() };
}

/** Defines their attributes in the scope as well. */
function readDeliveryStreams(input: ModelInput): DeliveryStreamModel[] {
  const { template, scope, provisioned, warnings } = input;
  const declared = [...template.resources.values()].filter(({ type }) => type === DELIVERY_STREAM);
  return declared
    .filter((resource) => scope.exists(resource))
    .flatMap((resource) => {
      const { logicalId, type } = resource;
      const properties = open(resource, input);
      const model = readDeliveryStream(properties, { logicalId, resources: [...provisioned.values()], warnings });
      if (model === undefined) {
        warnings.notRun(type, logicalId);
        return [];
      }
      const arn = `arn:aws:firehose:${scope.region}:${ACCOUNT_ID}:deliverystream/${model.name}`;
      scope.define(logicalId, { Ref: model.name, Arn: arn });
      ignore(resource, properties, warnings);
      return [model];
    });
}

/** Adds the routes of a function to `routes`, by API; answers its mappings. */
function readEvents(
  functionId: string,
  properties: Properties,
  routes: Map<string, DeclaredRoute[]>,
  input: ModelInput,
) {
  const { scope, provisioned, warnings } = input;
  const resources = [...provisioned.values()];
  return properties.entries('Events').flatMap(([eventName, event]): MappingModel[] => {
    const type = event.text('Type') ?? '';
    if (type === 'Api') {
      const route = readRoute(functionId, event.nested('Properties'));
      routes.set(route.apiId, [...(routes.get(route.apiId) ?? []), route]);
      return [];
    }
    if (isSource(type)) {
      const context = { functionId, eventName, region: scope.region, resources };
      const mapping = readMapping(type, event.nested('Properties'), context);
      return mapping ? [mapping] : [];
    }
    event.skip('Properties');
    warnings.notRun(`${type} event`, `${functionId}.${eventName}`);
    return [];
  });
}

function isSource(type: string): type is keyof typeof SOURCES {
  return Object.hasOwn(SOURCES, type);
}

/** One API is served: the first of the template that has routes. */
function chooseApi(routesByApi: ReadonlyMap<string, DeclaredRoute[]>, input: ModelInput): ApiModel | undefined {
  const { template, scope, warnings } = input;
  const declared = [...template.resources.values()]
    .filter(({ type }) => type === API)
    .filter((api) => scope.exists(api));
  const chosen = [...declared, IMPLICIT].find(({ logicalId }) => routesByApi.has(logicalId));
  const routes = chosen ? (routesByApi.get(chosen.logicalId) ?? []) : [];
  for (const api of declared.filter((api) => api !== chosen)) warnings.notRun(API, api.logicalId);
  for (const { method, path } of [...routesByApi.values()].flat().filter((route) => !routes.includes(route))) {
    warnings.notRun('Api event', `${method} ${path}`);
  }
  return chosen && readChosenApi(chosen, routes, input);
}

function readChosenApi(resource: Resource, routes: readonly DeclaredRoute[], input: ModelInput): ApiModel {
  const properties = open(resource, input);
  const api = readApi(properties, routes, input.warnings);
  ignore(resource, properties, input.warnings);
  return api;
}

function open(resource: Resource, { template, scope }: ModelInput): Properties {
  return new Properties(withGlobals(resource, template), scope, `Resources.${resource.logicalId}.Properties`);
}

function ignore(resource: Resource, properties: Properties, warnings: Warnings): void {
  warnings.ignored(resource.type, [...properties.unread(), ...resource.attributes]);
}
